package citizen.app.design

import android.content.Context
import android.graphics.Typeface
import android.graphics.drawable.Drawable
import android.graphics.drawable.GradientDrawable
import android.graphics.drawable.RippleDrawable
import android.content.res.ColorStateList
import android.util.TypedValue
import android.view.View
import android.widget.TextView
import citizen.app.R

/** Sizes of type, in sp: body, emphasis, heading, figure. Elder mode has its own row. */
enum class Type(val usual: Float, val elder: Float) {
    BODY(16f, 20f),
    LEAD(18f, 24f),
    HEAD(22f, 28f),
    FIGURE(28f, 34f),
}

/** A colour that means something, always beside an icon and a word. */
enum class Tone(val ink: Int, val ground: Int, val icon: Int) {
    PLAIN(R.color.ink2, R.color.bg, R.drawable.ic_clock),
    OK(R.color.ok, R.color.ok_bg, R.drawable.ic_ok),
    WARN(R.color.warn, R.color.warn_bg, R.drawable.ic_warn),
    BAD(R.color.bad, R.color.bad_bg, R.drawable.ic_bad),
}

/** The tokens of the design: every size and colour that a screen is drawn with. */
class Look(val context: Context, val elder: Boolean) {
    /** The least height of what can be tapped. */
    val target get() = dp(if (elder) 60 else 48)
    private val lineSpacing get() = if (elder) 1.3f else 1.2f

    fun dp(size: Int): Int =
        TypedValue.applyDimension(TypedValue.COMPLEX_UNIT_DIP, size.toFloat(), context.resources.displayMetrics).toInt()

    fun color(id: Int): Int = context.getColor(id)

    fun text(words: CharSequence, type: Type = Type.BODY, ink: Int = R.color.ink, bold: Boolean = false) =
        TextView(context).apply { dress(this, type, ink, bold); text = words }

    fun dress(view: TextView, type: Type, ink: Int, bold: Boolean = false) {
        view.setTextSize(TypedValue.COMPLEX_UNIT_SP, if (elder) type.elder else type.usual)
        view.setTextColor(color(ink))
        view.setLineSpacing(0f, lineSpacing)
        view.includeFontPadding = true
        if (bold) view.setTypeface(Typeface.DEFAULT, Typeface.BOLD)
    }

    fun icon(id: Int, ink: Int): Drawable = context.getDrawable(id)!!.mutate().apply { setTint(color(ink)) }

    /** Sets an icon before the words of a view: one view to measure, where a row of two would be three. */
    fun lead(view: TextView, icon: Drawable, size: Int = 24, gap: Int = 10) {
        icon.setBounds(0, 0, dp(size), dp(size))
        view.setCompoundDrawablesRelative(icon, null, null, null)
        view.compoundDrawablePadding = dp(gap)
    }

    /** A rounded ground, with an edge where one is asked for. */
    fun ground(fill: Int, edge: Int? = null, radius: Int = 12): GradientDrawable = GradientDrawable().apply {
        setColor(color(fill))
        cornerRadius = dp(radius).toFloat()
        if (edge != null) setStroke(maxOf(1, dp(1)), color(edge))
    }

    /** A ground that shows where it is touched. */
    fun touchable(ground: Drawable): Drawable =
        RippleDrawable(ColorStateList.valueOf(color(R.color.line)), ground, ground)

    /** Makes a view something to tap that a screen reader calls a button. */
    fun tappable(view: View, onTap: () -> Unit) {
        view.isClickable = true
        view.isFocusable = true
        view.minimumHeight = target
        view.setOnClickListener { onTap() }
        view.accessibilityDelegate = object : View.AccessibilityDelegate() {
            override fun onInitializeAccessibilityNodeInfo(host: View, info: android.view.accessibility.AccessibilityNodeInfo) {
                super.onInitializeAccessibilityNodeInfo(host, info)
                info.className = android.widget.Button::class.java.name
            }
        }
    }
}
