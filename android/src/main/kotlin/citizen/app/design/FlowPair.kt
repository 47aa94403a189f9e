package citizen.app.design

import android.view.Gravity
import android.view.View
import android.view.ViewGroup
import android.widget.TextView

/** A name and its value on one line where both have room; else the value below. */
class FlowPair(private val look: Look, private val name: TextView, private val value: TextView) :
    ViewGroup(look.context) {
    init {
        addView(name)
        addView(value)
    }

    private var below = false

    override fun onMeasure(widthSpec: Int, heightSpec: Int) {
        val width = MeasureSpec.getSize(widthSpec)
        val free = MeasureSpec.makeMeasureSpec(width, MeasureSpec.AT_MOST)
        val any = MeasureSpec.makeMeasureSpec(0, MeasureSpec.UNSPECIFIED)
        name.measure(free, any)
        value.measure(free, any)
        below = name.measuredWidth + value.measuredWidth + look.dp(12) > width
        value.gravity = if (below) Gravity.START else Gravity.END
        val height = if (below) name.measuredHeight + value.measuredHeight else maxOf(name.measuredHeight, value.measuredHeight)
        setMeasuredDimension(width, height)
    }

    override fun onLayout(changed: Boolean, left: Int, top: Int, right: Int, bottom: Int) {
        name.layout(0, 0, name.measuredWidth, name.measuredHeight)
        val x = if (below) 0 else right - left - value.measuredWidth
        val y = if (below) name.measuredHeight else 0
        value.layout(x, y, x + value.measuredWidth, y + value.measuredHeight)
    }

    override fun generateDefaultLayoutParams() = LayoutParams(LayoutParams.WRAP_CONTENT, LayoutParams.WRAP_CONTENT)

    override fun shouldDelayChildPressedState() = false

    /** Read as one: the name, then the value. */
    override fun getContentDescription(): CharSequence = "${name.text}: ${value.text}"

    override fun onInitializeAccessibilityNodeInfo(info: android.view.accessibility.AccessibilityNodeInfo) {
        super.onInitializeAccessibilityNodeInfo(info)
        info.contentDescription = contentDescription
        listOf<View>(name, value).forEach { it.importantForAccessibility = View.IMPORTANT_FOR_ACCESSIBILITY_NO }
    }
}
