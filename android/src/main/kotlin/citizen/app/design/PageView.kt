package citizen.app.design

import android.graphics.Rect
import android.view.Gravity
import android.view.View
import android.view.WindowInsets
import android.widget.EditText
import android.widget.LinearLayout
import android.widget.ScrollView
import citizen.app.R

/**
 * Draws a [Page]: app bar, offline bar, blocks, main action. A page of the screen that is shown already changes what
 * differs, so that nobody loses the keyboard in the middle of a word.
 */
class PageView(private val look: Look, private val goBack: () -> Unit, private val speak: () -> Unit) :
    LinearLayout(look.context) {
    private val bars = LinearLayout(look.context).apply { orientation = VERTICAL }
    private val scroll = ScrollView(look.context).apply { isFillViewport = true }
    private val draw = Draw(look)
    private val column = Column(look, draw)
    private val bottom = Column(look, draw)
    private var page: Page? = null
    private var shown: Any? = null

    init {
        orientation = VERTICAL
        setBackgroundColor(look.color(R.color.bg))
        val frame = NarrowColumn(look).apply { addView(column) }
        scroll.addView(frame)
        bottom.gravity = Gravity.CENTER_HORIZONTAL
        bottom.setPadding(look.dp(16), look.dp(8), look.dp(16), look.dp(12))
        addView(bars, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT))
        addView(scroll, LayoutParams(LayoutParams.MATCH_PARENT, 0, 1f))
        addView(bottom, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT))
        setOnApplyWindowInsetsListener { _, insets -> insets.also(::leaveRoomFor) }
    }

    private fun leaveRoomFor(insets: WindowInsets) {
        @Suppress("DEPRECATION")
        if (android.os.Build.VERSION.SDK_INT < 30) {
            setPadding(0, insets.systemWindowInsetTop, 0, insets.systemWindowInsetBottom)
        } else {
            val bars = insets.getInsets(WindowInsets.Type.systemBars() or WindowInsets.Type.ime())
            setPadding(bars.left, bars.top, bars.right, bars.bottom)
        }
    }

    /** The field that has the focus; none where no field has it. */
    val focused: String? get() = column.asks.firstOrNull { it.input?.hasFocus() == true }?.key

    /** What the page says, from top to bottom. */
    val spoken: String get() = mutableListOf<String>().also { gather(column, it) }.joinToString("\n")

    /** Shows a page of a [screen]. [focus] is a field that shall have the focus. */
    fun show(next: Page, screen: Any, focus: String? = null) {
        val before = page
        page = next
        if (screen !== shown) {
            column.clear()
            bottom.clear()
            scroll.scrollTo(0, 0)
        }
        shown = screen
        val kept = focus ?: focused
        val selection = column.asks.firstOrNull { it.key == kept }?.input?.selectionEnd
        if (before == null || barsOf(before) != barsOf(next)) drawBars(next)
        column.show(next.blocks)
        drawBottom(next)
        if (kept != null && kept != focused) returnTo(kept, selection)
    }

    private fun returnTo(key: String, selection: Int?) {
        val input = column.asks.firstOrNull { it.key == key }?.input ?: return
        input.requestFocus()
        input.setSelection((selection ?: input.length()).coerceIn(0, input.length()))
        post { input.requestRectangleOnScreen(Rect(0, 0, input.width, input.height), true) }
    }

    private fun barsOf(page: Page) = listOf(page.title, page.back, page.acting, page.offline, page.readAloud)

    private fun drawBars(page: Page) {
        bars.removeAllViews()
        bars.addView(draw.appBar(page, goBack, speak))
        page.acting?.let { bars.addView(draw.actingBar(it)) }
        page.offline?.let { bars.addView(draw.offlineBar(it)) }
    }

    private fun drawBottom(page: Page) {
        val actions = listOfNotNull(page.main?.let { Push(it, strong = true) }, page.second?.let { Push(it) })
        bottom.visibility = if (actions.isEmpty()) View.GONE else View.VISIBLE
        bottom.show(actions)
    }

    private fun gather(view: View, into: MutableList<String>) {
        when {
            view.visibility != View.VISIBLE -> return
            view is EditText -> view.text?.toString()?.let(into::add)
            view is android.widget.TextView -> into.add(view.text.toString())
            view is android.view.ViewGroup -> (0 until view.childCount).forEach { gather(view.getChildAt(it), into) }
        }
    }
}

/** One column, at most 640 wide, in the middle. */
private class NarrowColumn(private val look: Look) : LinearLayout(look.context) {
    init {
        orientation = VERTICAL
        gravity = Gravity.CENTER_HORIZONTAL
    }

    override fun onMeasure(widthSpec: Int, heightSpec: Int) {
        val side = maxOf(look.dp(16), (MeasureSpec.getSize(widthSpec) - look.dp(640)) / 2)
        setPadding(side, look.dp(8), side, look.dp(24))
        super.onMeasure(widthSpec, heightSpec)
    }
}
