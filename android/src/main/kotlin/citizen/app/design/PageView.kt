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
 * Draws a [Page]: app bar, offline bar, blocks, main action. A page of the same shape is changed in place, so that
 * nobody loses the keyboard in the middle of a word; any other is drawn anew, and the field that had the focus gets it
 * again.
 */
class PageView(private val look: Look, private val goBack: () -> Unit, private val speak: () -> Unit) :
    LinearLayout(look.context) {
    private val bars = LinearLayout(look.context).apply { orientation = VERTICAL }
    private val column = LinearLayout(look.context).apply { orientation = VERTICAL }
    private val scroll = ScrollView(look.context).apply { isFillViewport = true }
    private val bottom = LinearLayout(look.context).apply { orientation = VERTICAL }
    private val draw = Draw(look)
    private var page: Page? = null
    private val asked = mutableMapOf<String, AskView>()

    init {
        orientation = VERTICAL
        setBackgroundColor(look.color(R.color.bg))
        val frame = NarrowColumn(look).apply { addView(column) }
        scroll.addView(frame)
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
    val focused: String? get() = asked.entries.firstOrNull { it.value.input?.hasFocus() == true }?.key

    /** What the page says, from top to bottom. */
    val spoken: String get() = mutableListOf<String>().also { gather(column, it) }.joinToString("\n")

    /** Shows a page. [focus] is a field that shall have the focus. */
    fun show(next: Page, focus: String? = null) {
        val before = page
        page = next
        if (before != null && focus == null && changeInPlace(before, next)) return
        val kept = focus ?: focused
        val selection = kept?.let { asked[it]?.input?.selectionEnd }
        val place = if (before?.title == next.title && focus == null) scroll.scrollY else 0
        drawBars(next)
        asked.clear()
        column.removeAllViews()
        next.blocks.forEach { column.addView(block(it)) }
        drawBottom(next)
        scroll.scrollTo(0, place)
        if (kept != null) returnTo(kept, selection)
    }

    private fun block(block: Block): View = draw.block(block) { key, view -> asked[key] = view }

    private fun returnTo(key: String, selection: Int?) {
        val input = asked[key]?.input ?: return
        input.requestFocus()
        input.setSelection((selection ?: input.length()).coerceIn(0, input.length()))
        post { input.requestRectangleOnScreen(Rect(0, 0, input.width, input.height), true) }
    }

    /** Where only what stands around typed answers has changed, changes that. */
    private fun changeInPlace(before: Page, next: Page): Boolean {
        val texts = next.blocks.filterIsInstance<AskText>()
        if (texts.isEmpty() || shape(before) != shape(next)) return false
        val typed = { ask: AskText -> asked[ask.key]?.input?.let { it.hasFocus() || it.text.toString() == ask.text } == true }
        if (!texts.all(typed)) return false
        texts.forEach { asked[it.key]?.change(it.about) }
        return true
    }

    /** What a page is made of, but for what is typed, what stands around it, and what its buttons do. */
    private fun shape(page: Page): String {
        val blocks = page.blocks.map { if (it is AskText) AskText(it.key, About(it.about.label, it.about.help), "", it.keys) {} else it }
        return page.copy(blocks = blocks).toString().replace(DOES, "")
    }

    private fun drawBars(page: Page) {
        bars.removeAllViews()
        bars.addView(draw.appBar(page, goBack, speak))
        page.offline?.let { bars.addView(draw.offlineBar(it)) }
    }

    private fun drawBottom(page: Page) {
        bottom.removeAllViews()
        val actions = listOfNotNull(page.main?.let { Push(it, strong = true) }, page.second?.let { Push(it) })
        bottom.visibility = if (actions.isEmpty()) View.GONE else View.VISIBLE
        bottom.gravity = Gravity.CENTER_HORIZONTAL
        bottom.setPadding(look.dp(16), look.dp(8), look.dp(16), look.dp(12))
        actions.forEach { bottom.addView(draw.push(it)) }
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

/** Functions have no text that could be compared. */
private val DOES = Regex("(does|tap|type|choose|agree|back)=[^,)]*")

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
