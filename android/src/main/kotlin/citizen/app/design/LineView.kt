package citizen.app.design

import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.LinearLayout
import android.widget.TextView
import citizen.app.R

/** A row of a list: an icon, a title, a line below, a state. It can be filled again with another row of the same build. */
class LineView(private val look: Look, private val draw: Draw, private val now: () -> Line) : LinearLayout(look.context) {
    private val title = look.text("", Type.LEAD, bold = true)
    private val below = look.text("", ink = R.color.ink2)
    private val words = LinearLayout(look.context).apply { orientation = VERTICAL; addView(title); addView(below) }
    private var chip: TextView? = null
    private val first = now()

    init {
        val line = first
        gravity = Gravity.CENTER_VERTICAL
        setPadding(look.dp(14), look.dp(12), look.dp(10), look.dp(12))
        line.icon?.let { addView(draw.icon(it, R.color.primary), draw.iconPlace()) }
        addView(words, LayoutParams(0, WRAP_CONTENT, 1f))
        val ground = look.ground(R.color.surface, R.color.line)
        if (line.tap == null) background = ground else {
            addView(draw.icon(R.drawable.ic_chevron, R.color.ink2), draw.iconPlace())
            background = look.touchable(ground)
            look.tappable(this) { now().tap?.invoke() }
        }
        fill(line)
    }

    /** Shows the row as it is now; false where it is of another build. */
    fun refill(): Boolean {
        val line = now()
        val fits = line.icon == first.icon && (line.tap == null) == (first.tap == null)
        if (fits) fill(line)
        return fits
    }

    private fun fill(line: Line) {
        tag = line.title
        write(title, line.title)
        write(below, line.below)
        state(line.chip)
    }

    private fun state(next: Chip?) {
        if (next != null) {
            val shown = chip ?: look.text("", bold = true).also { chip = it; words.addView(it) }
            draw.dressAsChip(shown, next)
        }
        chip?.visibility = if (next == null) View.GONE else View.VISIBLE
    }

    private fun write(view: TextView, text: String) {
        if (view.text.toString() != text) view.text = text
        view.visibility = if (text.isEmpty()) View.GONE else View.VISIBLE
    }
}
