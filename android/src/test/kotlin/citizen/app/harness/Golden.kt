package citizen.app.harness

import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.graphics.Canvas
import android.graphics.Color
import java.io.File
import kotlin.math.abs

/** Pictures of the important screens as they were when somebody looked at them last, in `src/test/golden`. */
class Golden(private val renews: Boolean) {
    /** What differs from the picture that was looked at; where pictures are made anew, this one takes its place. */
    fun finding(screen: String, picture: Bitmap): String? {
        val now = reduced(picture)
        val file = File(FOLDER, "$screen.png")
        if (renews) return null.also { write(now, file) }
        val then = BitmapFactory.decodeFile(file.path) ?: return "$screen: there is no picture to compare it with"
        val differs = differing(then, now)
        if (differs <= TOLERANCE) return null
        val shown = File(DIFFERENCES, "$screen.png")
        write(beside(then, now), shown)
        return "$screen: %.2f %% of it looks different, see ${shown.path}; if that is meant, cargo xtask screens".format(differs * 100)
    }

    /** At one pixel a dp, as much as a tall phone shows, in few colours: a picture that a repository can keep. */
    private fun reduced(picture: Bitmap): Bitmap {
        val small = Bitmap.createScaledBitmap(picture, WIDTH, picture.height * WIDTH / picture.width, true)
        val height = minOf(small.height, HEIGHT)
        val pixels = IntArray(WIDTH * height).also { small.getPixels(it, 0, WIDTH, 0, 0, WIDTH, height) }
        val few = IntArray(pixels.size) { (pixels[it] and 0xF0F0F0) or OPAQUE }
        return Bitmap.createBitmap(few, WIDTH, height, Bitmap.Config.ARGB_8888)
    }

    private fun differing(then: Bitmap, now: Bitmap): Double {
        if (then.width != now.width || then.height != now.height) return 1.0
        val count = (0 until now.height).sumOf { y -> (0 until now.width).count { x -> differs(then.getPixel(x, y), now.getPixel(x, y)) } }
        return count.toDouble() / (now.width * now.height)
    }

    private fun differs(one: Int, other: Int) =
        abs(Color.red(one) - Color.red(other)) > STEP || abs(Color.green(one) - Color.green(other)) > STEP || abs(Color.blue(one) - Color.blue(other)) > STEP

    /** Then, now, and in red what differs. */
    private fun beside(then: Bitmap, now: Bitmap): Bitmap {
        val all = Bitmap.createBitmap(WIDTH * 3, maxOf(then.height, now.height), Bitmap.Config.ARGB_8888)
        Canvas(all).run {
            drawBitmap(then, 0f, 0f, null)
            drawBitmap(now, WIDTH.toFloat(), 0f, null)
        }
        for (y in 0 until minOf(then.height, now.height)) for (x in 0 until WIDTH) {
            if (differs(then.getPixel(x, y), now.getPixel(x, y))) all.setPixel(WIDTH * 2 + x, y, Color.RED)
        }
        return all
    }

    private fun write(picture: Bitmap, file: File) {
        file.parentFile!!.mkdirs()
        file.outputStream().use { picture.compress(Bitmap.CompressFormat.PNG, 100, it) }
    }

    companion object {
        /** Screens that show nothing of the day on which the tests run. */
        val SCREENS = setOf(
            "01-welcome", "02-sign-in", "03-pin", "04-home", "04-services", "05-locked", "06-service",
            "07-form-wrong", "08-form-group", "09-form-papers", "11-form-last", "12-review", "13-outbox",
            "53-key-missing", "54-not-yet-unlocked",
        )
        private val FOLDER = File("src/test/golden")
        private val DIFFERENCES = File(System.getProperty("screens.dir"), "../screens-that-differ").normalize()
        private const val WIDTH = 411
        private const val HEIGHT = 1000
        private const val OPAQUE = 0xFF080808.toInt()

        /** Steps of a channel that nobody sees, and the share of a picture that a date may take. */
        private const val STEP = 40
        private const val TOLERANCE = 0.004
    }
}
