package citizen.app.harness

import android.graphics.Bitmap
import android.graphics.drawable.BitmapDrawable
import android.widget.ImageView
import org.robolectric.RuntimeEnvironment
import java.io.File

/** How a page can be looked at: language, light, size of text. */
data class Look(val language: String, val dark: Boolean, val scale: Float, val elder: Boolean) {
    val name get() = "$language-${if (dark) "dark" else "light"}-${if (elder) "elder" else scale.toString()}"

    fun put(phone: Phone) {
        RuntimeEnvironment.setQualifiers("+${if (language == "zh") "zh-rCN" else "en-rUS"}-${if (dark) "night" else "notnight"}")
        RuntimeEnvironment.setFontScale(scale)
        phone.app.settings.elder = elder
    }

    companion object {
        val HOME = Look("zh", dark = false, scale = 1f, elder = false)

        /** Every way. */
        val ALL = listOf("zh", "en").flatMap { language ->
            listOf(false, true).flatMap { dark ->
                listOf(Look(language, dark, 1f, false), Look(language, dark, 2f, false), Look(language, dark, 1f, true))
            }
        }

        /** Those in which each fault shows at least once. */
        val FEW = listOf(HOME, Look("en", false, 2f, false), Look("zh", true, 1f, true), Look("en", true, 1f, false))
    }
}

/** Looks at each screen of a walk in many ways, keeps pictures where they are asked for, and gathers what is wrong. */
class Gallery(private val phone: Phone) {
    private val keeps = System.getProperty("screens") == "on"
    private val folder = File(System.getProperty("screens.dir"))
    private val golden = Golden(renews = keeps)
    val findings = mutableListOf<String>()
    var looked = 0
        private set

    fun look(screen: String) {
        val looks = if (keeps) Look.ALL else Look.FEW
        looks.forEach { look ->
            val before = phone.app.crossings
            phone.turns { look.put(phone) }
            findings += calls(screen, phone.app.crossings - before)
            val eye = Eye(phone, if (look.elder) 60 else 48)
            val picture = eye.picture()
            findings += eye.findings(picture).map { "$screen ${look.name}: $it" }
            if (look == Look.HOME && screen in Golden.SCREENS) findings += listOfNotNull(golden.finding(screen, picture))
            if (keeps) write(picture, File(folder, "$screen-${look.name}.png"))
            if (keeps && README[screen] == look) write(small(picture), File("../docs/pictures/$screen.png"))
            looked += 1
        }
        phone.turns { Look.HOME.put(phone) }
    }

    /** A screen is read from the core in a few calls, however much it shows; each photograph on it is one more. */
    private fun calls(screen: String, crossings: Int): List<String> {
        val pictures = phone.views().filterIsInstance<ImageView>().count { it.drawable is BitmapDrawable }
        return if (crossings <= MOST_CALLS + pictures) emptyList() else listOf("$screen: $crossings calls to the core")
    }

    /** As much of a page as a phone shows, at the width of the readme. */
    private fun small(picture: Bitmap): Bitmap {
        val screen = Bitmap.createBitmap(picture, 0, 0, picture.width, minOf(picture.height, picture.width * 2))
        return Bitmap.createScaledBitmap(screen, SMALL, screen.height * SMALL / screen.width, true)
    }

    private fun write(picture: Bitmap, file: File) {
        file.parentFile!!.mkdirs()
        file.outputStream().use { picture.compress(Bitmap.CompressFormat.PNG, 100, it) }
    }

    private companion object {
        const val MOST_CALLS = 3
        const val SMALL = 300

        /** The pictures of the readme. */
        val README = mapOf(
            "04-home" to Look.HOME,
            "07-form-wrong" to Look("en", dark = false, scale = 1f, elder = false),
            "06-service" to Look("zh", dark = true, scale = 1f, elder = true),
            "13-outbox" to Look.HOME,
            "17-case-paid" to Look("en", dark = true, scale = 1f, elder = false),
            "21-card" to Look("zh", dark = false, scale = 1f, elder = true),
            "34-acting" to Look.HOME,
            "47-register-log" to Look("zh", dark = true, scale = 1f, elder = true),
            "52-grievance-answered" to Look("en", dark = false, scale = 1f, elder = false),
        )
    }
}
