package citizen.app.design

import android.app.DatePickerDialog
import android.text.Editable
import android.text.InputType
import android.text.TextWatcher
import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.EditText
import android.widget.LinearLayout
import android.widget.TextView
import citizen.app.R
import java.time.LocalDate

/** Draws questions. */
class DrawAsk(private val look: Look) {
    fun ask(ask: Ask): Drawn = when (ask) {
        is AskText -> Drawn.of(ask, { view: AskView, now -> typed(view, ask, now()) }) { now ->
            AskView(look, ask.key, ask.about, input(ask.text, ask.keys, ask.about.label) { now().type(it) }) { now().about.action?.does?.invoke() }
        }
        is AskChoice -> drawn(ask) { now -> options(now()) { now().choose(it) } }
        is AskDay -> drawn(ask) { now -> day(now()) { now().choose(it) } }
        is AskAgree -> drawn(ask) { now -> agreement(now()) { now().agree(!now().agreed) } }
        is AskFixed -> drawn(ask) { now -> look.text(now().words, Type.LEAD) }
    }

    /** A question that is tapped: where its answer has changed, that is drawn anew and the rest stays. */
    private fun <A : Ask> drawn(ask: A, body: (now: () -> A) -> View): Drawn = Drawn.of(ask, { view: AskView, now ->
        view.fits(now().about).also { if (it) { view.change(now().about); view.answer(body(now)) } }
    }) { now -> AskView(look, ask.key, ask.about, body(now)) { now().about.action?.does?.invoke() } }

    /** What is being typed stays untouched, and so does the keyboard. */
    private fun typed(view: AskView, first: AskText, next: AskText): Boolean {
        val input = checkNotNull(view.input)
        val fits = view.fits(next.about) && next.keys == first.keys && (input.hasFocus() || input.text.toString() == next.text)
        if (fits) view.change(next.about)
        return fits
    }

    fun search(search: Search): Drawn = Drawn.of(search, { _: AskView, now -> now().hint == search.hint }) { now ->
        val field = input(search.text, Keys.TEXT, search.hint) { now().type(it) }.apply {
            hint = search.hint
            look.lead(this, look.icon(R.drawable.ic_search, R.color.ink2))
        }
        AskView(look, SEARCH, About(""), field) {}
    }

    private fun input(words: String, keys: Keys, label: String, type: (String) -> Unit) = EditText(look.context).apply {
        id = View.generateViewId()
        look.dress(this, Type.LEAD, R.color.ink)
        setHintTextColor(look.color(R.color.ink2))
        inputType = when (keys) {
            Keys.TEXT -> InputType.TYPE_CLASS_TEXT
            Keys.LONG -> InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_MULTI_LINE
            Keys.DIGITS -> InputType.TYPE_CLASS_NUMBER
            Keys.AMOUNT -> InputType.TYPE_CLASS_TEXT
            Keys.PHONE -> InputType.TYPE_CLASS_PHONE
            Keys.ID -> InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_CAP_CHARACTERS
        } or (if (keys == Keys.DIGITS || keys == Keys.PHONE) 0 else InputType.TYPE_TEXT_FLAG_NO_SUGGESTIONS)
        isSingleLine = keys != Keys.LONG
        if (keys == Keys.LONG) { minLines = 3; gravity = Gravity.TOP }
        setPadding(look.dp(12), look.dp(10), look.dp(12), look.dp(10))
        minimumHeight = look.target
        accessibilityDelegate = object : View.AccessibilityDelegate() {
            override fun onInitializeAccessibilityNodeInfo(host: View, info: android.view.accessibility.AccessibilityNodeInfo) {
                super.onInitializeAccessibilityNodeInfo(host, info)
                info.hintText = label
            }
        }
        setText(words)
        isSaveEnabled = false
        addTextChangedListener(object : TextWatcher {
            override fun afterTextChanged(text: Editable) = type(text.toString())
            override fun beforeTextChanged(text: CharSequence, start: Int, count: Int, after: Int) = Unit
            override fun onTextChanged(text: CharSequence, start: Int, before: Int, count: Int) = Unit
        })
    }

    private fun options(ask: AskChoice, choose: (String) -> Unit): View = LinearLayout(look.context).apply {
        orientation = LinearLayout.VERTICAL
        ask.options.forEach { option -> addView(option(option.words, option.chosen, ask.several) { choose(option.value) }, gap(8)) }
    }

    /** Round where one is chosen, square where several may be. */
    private fun option(words: String, chosen: Boolean, several: Boolean, choose: () -> Unit): View = TextView(look.context).apply {
        look.dress(this, Type.LEAD, if (chosen) R.color.primary else R.color.ink, bold = chosen)
        text = words
        gravity = Gravity.CENTER_VERTICAL
        background = look.touchable(look.ground(R.color.surface, if (chosen) R.color.primary else R.color.ink2))
        setPadding(look.dp(12), look.dp(10), look.dp(12), look.dp(10))
        val mark = if (chosen) look.icon(if (several) R.drawable.ic_box else R.drawable.ic_ok, R.color.primary) else look.ground(R.color.surface, R.color.ink2, radius = if (several) 4 else 12)
        look.lead(this, mark, gap = 12)
        look.tappable(this, choose)
        isSelected = chosen
        stateDescription(context.getString(if (chosen) R.string.chosen else R.string.not_chosen))
        tag = words
    }

    private fun View.stateDescription(words: String) {
        if (android.os.Build.VERSION.SDK_INT >= 30) stateDescription = words
    }

    private fun day(ask: AskDay, choose: (String) -> Unit): View = TextView(look.context).apply {
        look.dress(this, Type.LEAD, if (ask.day.isEmpty()) R.color.ink2 else R.color.ink)
        text = ask.words.ifEmpty { ask.hint }
        gravity = Gravity.CENTER_VERTICAL
        background = look.touchable(look.ground(R.color.surface, if (ask.about.wrong.isEmpty()) R.color.ink2 else R.color.bad))
        setPadding(look.dp(12), look.dp(10), look.dp(12), look.dp(10))
        setCompoundDrawablesRelativeWithIntrinsicBounds(null, null, look.icon(R.drawable.ic_calendar, R.color.primary), null)
        look.tappable(this) {
            val from = if (ask.day.isEmpty()) LocalDate.now() else LocalDate.parse(ask.day)
            DatePickerDialog(context, { _, year, month, day ->
                choose(LocalDate.of(year, month + 1, day).toString())
            }, from.year, from.monthValue - 1, from.dayOfMonth).show()
        }
    }

    private fun agreement(ask: AskAgree, agree: () -> Unit): View = LinearLayout(look.context).apply {
        orientation = LinearLayout.VERTICAL
        addView(look.text(ask.statement))
        val consequences = look.text(ask.consequences, ink = R.color.warn).apply {
            background = look.ground(R.color.warn_bg)
            setPadding(look.dp(12), look.dp(10), look.dp(12), look.dp(10))
        }
        addView(consequences, gap(8))
        addView(option(ask.words, ask.agreed, several = true) { agree() }, gap(8))
    }

    private fun gap(space: Int) =
        LinearLayout.LayoutParams(MATCH_PARENT, WRAP_CONTENT).apply { topMargin = look.dp(space) }

    private companion object {
        const val SEARCH = "search"
    }
}
