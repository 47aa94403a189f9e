package citizen.app.harness

import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.Color
import android.view.View
import android.widget.EditText
import android.widget.ImageView
import android.widget.TextView
import kotlin.math.max
import kotlin.math.min
import kotlin.math.pow

/** Looks at a page as a careful person would: what can be tapped, read and told apart. */
class Eye(private val phone: Phone, private val target: Int) {
    /** The whole page, as if the screen were tall enough. */
    fun picture(): Bitmap {
        val root = phone.root
        val scroll = phone.views().filterIsInstance<android.widget.ScrollView>().firstOrNull()
        val hidden = scroll?.let { max(0, it.getChildAt(0).height - it.height) } ?: 0
        val height = root.height + hidden
        root.measure(View.MeasureSpec.makeMeasureSpec(root.width, View.MeasureSpec.EXACTLY), View.MeasureSpec.makeMeasureSpec(height, View.MeasureSpec.EXACTLY))
        root.layout(0, 0, root.measuredWidth, height)
        val picture = Bitmap.createBitmap(root.width, height, Bitmap.Config.ARGB_8888)
        root.draw(Canvas(picture))
        return picture
    }

    /** Everything that is wrong with the page that is drawn. */
    fun findings(picture: Bitmap): List<String> {
        val shown = phone.views().filter { it.isShown && it.width > 0 && it.height > 0 }
        val tappable = shown.filter { it.isClickable && it !is EditText }
        return tappable.filter { short(it) }.map { "smaller than $target dp: ${name(it)} ${dp(it.width)}×${dp(it.height)}" } +
            tappable.filter { name(it).isBlank() }.map { "has no label: $it" } +
            shown.filterIsInstance<ImageView>().filter { it.isClickable && it.contentDescription.isNullOrBlank() }.map { "picture without words: $it" } +
            shown.filterIsInstance<TextView>().filter { isCut(it) }.map { "cut: ${it.text}" } +
            overlaps(tappable) +
            shown.filterIsInstance<TextView>().filter { it.text.isNotBlank() }.mapNotNull { contrast(it, picture) }
    }

    private fun short(view: View) = dp(view.height) < target || dp(view.width) < target

    private fun dp(pixels: Int) = (pixels / phone.activity.resources.displayMetrics.density + 0.5f).toInt()

    private fun name(view: View): String = view.contentDescription?.toString()
        ?: phone.views(view).filterIsInstance<TextView>().joinToString(" ") { it.text }

    private fun isCut(view: TextView): Boolean {
        val layout = view.layout ?: return view.text.isNotBlank()
        if (view is EditText) return view.height < layout.getLineBottom(0) + view.compoundPaddingTop
        val room = view.width - view.compoundPaddingLeft - view.compoundPaddingRight
        val ellipsis = (0 until layout.lineCount).any { layout.getEllipsisCount(it) > 0 }
        val wide = (0 until layout.lineCount).any { layout.getLineMax(it) > room + 2 }
        val high = layout.height + view.compoundPaddingTop + view.compoundPaddingBottom > view.height + 2
        val parent = view.parent as View
        val outside = view.right > parent.width + 1 || view.bottom > parent.height + 1
        return ellipsis || wide || high || outside
    }

    private fun overlaps(views: List<View>): List<String> = views.flatMapIndexed { index, one ->
        views.drop(index + 1).filter { other -> !within(one, other) && !within(other, one) && place(one).intersects(place(other)) }
            .map { "overlap: ${name(one)} and ${name(it)}" }
    }

    private fun within(outer: View, inner: View) = generateSequence(inner.parent) { it.parent }.any { it === outer }

    private fun place(view: View) = IntArray(2).let { at -> view.getLocationInWindow(at); Place(at[0], at[1], at[0] + view.width, at[1] + view.height) }

    private data class Place(val left: Int, val top: Int, val right: Int, val bottom: Int) {
        fun intersects(other: Place) = left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }

    /** The ground is the colour seen most, the ink the one that differs most from it. */
    private fun contrast(view: TextView, picture: Bitmap): String? {
        val place = place(view)
        val counts = HashMap<Int, Int>()
        for (y in max(0, place.top) until min(picture.height, place.bottom) step 1) {
            for (x in max(0, place.left) until min(picture.width, place.right) step 2) counts.merge(picture.getPixel(x, y), 1, Int::plus)
        }
        val ground = counts.maxByOrNull { it.value }?.key ?: return null
        val best = counts.keys.maxOf { ratio(it, ground) }
        return if (best < 4.5) "contrast %.1f: %s".format(best, view.text) else null
    }

    private fun ratio(one: Int, other: Int): Double {
        val (a, b) = luminance(one) to luminance(other)
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    private fun luminance(color: Int): Double {
        val part = { value: Int -> (value / 255.0).let { if (it <= 0.03928) it / 12.92 else ((it + 0.055) / 1.055).pow(2.4) } }
        return 0.2126 * part(Color.red(color)) + 0.7152 * part(Color.green(color)) + 0.0722 * part(Color.blue(color))
    }
}
