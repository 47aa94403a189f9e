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
import android.widget.ImageView
import android.widget.LinearLayout
import android.widget.TextView
import citizen.app.R
import java.time.LocalDate

/** A question as it is drawn: label above, help below it, the input, where the answer comes from, what is wrong. */
class AskView(private val look: Look, about: About, val input: EditText?, body: View?) : LinearLayout(look.context) {
    private val from = look.text("", ink = R.color.ink2)
    private val wrong = look.text("", ink = R.color.bad, bold = true)

    init {
        orientation = VERTICAL
        if (about.label.isNotEmpty()) addView(look.text(about.label, Type.LEAD, bold = true).apply { input?.let { labelFor = it.id } })
        if (about.help.isNotEmpty()) addView(look.text(about.help, ink = R.color.ink2))
        val space = LayoutParams(MATCH_PARENT, WRAP_CONTENT).apply { topMargin = look.dp(6) }
        (input ?: body)?.let { addView(it, space) }
        wrong.accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
        wrong.setCompoundDrawablesRelativeWithIntrinsicBounds(look.icon(R.drawable.ic_bad, R.color.bad), null, null, null)
        wrong.compoundDrawablePadding = look.dp(8)
        addView(wrong, LayoutParams(MATCH_PARENT, WRAP_CONTENT).apply { topMargin = look.dp(6) })
        addView(from, LayoutParams(MATCH_PARENT, WRAP_CONTENT).apply { topMargin = look.dp(6) })
        about.action?.let { addView(Draw(look).push(Push(it))) }
        change(about)
    }

    /** Says what is known now; what is typed stays untouched. */
    fun change(about: About) {
        from.text = about.from
        from.visibility = if (about.from.isEmpty()) View.GONE else View.VISIBLE
        wrong.text = about.wrong
        wrong.visibility = if (about.wrong.isEmpty()) View.GONE else View.VISIBLE
        input?.background = look.ground(R.color.surface, if (about.wrong.isEmpty()) R.color.ink2 else R.color.bad)
    }
}

/** Draws questions. */
class DrawAsk(private val look: Look) {
    fun ask(ask: Ask, asked: (String, AskView) -> Unit): View = when (ask) {
        is AskText -> AskView(look, ask.about, input(ask.text, ask.keys, ask.about.label, ask.type), null)
        is AskChoice -> AskView(look, ask.about, null, options(ask))
        is AskDay -> AskView(look, ask.about, null, day(ask))
        is AskAgree -> AskView(look, ask.about, null, agreement(ask))
        is AskFixed -> AskView(look, ask.about, null, look.text(ask.words, Type.LEAD))
    }.also { it.tag = ask.key; asked(ask.key, it) }

    fun search(search: Search, asked: (String, AskView) -> Unit): View {
        val field = input(search.text, Keys.TEXT, search.hint, search.type).apply {
            hint = search.hint
            setCompoundDrawablesRelativeWithIntrinsicBounds(look.icon(R.drawable.ic_search, R.color.ink2), null, null, null)
            compoundDrawablePadding = look.dp(10)
        }
        return AskView(look, About(""), field, null).also { it.tag = "search"; asked("search", it) }
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
        contentDescription = null
        accessibilityDelegate = object : View.AccessibilityDelegate() {
            override fun onInitializeAccessibilityNodeInfo(host: View, info: android.view.accessibility.AccessibilityNodeInfo) {
                super.onInitializeAccessibilityNodeInfo(host, info)
                info.hintText = label
            }
        }
        background = look.ground(R.color.surface, R.color.ink2)
        setText(words)
        isSaveEnabled = false
        addTextChangedListener(object : TextWatcher {
            override fun afterTextChanged(text: Editable) = type(text.toString())
            override fun beforeTextChanged(text: CharSequence, start: Int, count: Int, after: Int) = Unit
            override fun onTextChanged(text: CharSequence, start: Int, before: Int, count: Int) = Unit
        })
    }

    private fun options(ask: AskChoice): View = LinearLayout(look.context).apply {
        orientation = LinearLayout.VERTICAL
        ask.options.forEach { option -> addView(option(option.words, option.chosen) { ask.choose(option.value) }, gap(8)) }
    }

    private fun option(words: String, chosen: Boolean, choose: () -> Unit): View = LinearLayout(look.context).apply {
        gravity = Gravity.CENTER_VERTICAL
        background = look.touchable(look.ground(R.color.surface, if (chosen) R.color.primary else R.color.ink2))
        setPadding(look.dp(12), look.dp(10), look.dp(12), look.dp(10))
        val mark = ImageView(context).apply {
            if (chosen) setImageDrawable(look.icon(R.drawable.ic_ok, R.color.primary))
            else background = look.ground(R.color.surface, R.color.ink2, radius = 12)
            importantForAccessibility = View.IMPORTANT_FOR_ACCESSIBILITY_NO
        }
        addView(mark, LinearLayout.LayoutParams(look.dp(24), look.dp(24)).apply { rightMargin = look.dp(12) })
        val label = look.text(words, Type.LEAD, if (chosen) R.color.primary else R.color.ink, bold = chosen)
        addView(label, LinearLayout.LayoutParams(0, WRAP_CONTENT, 1f))
        look.tappable(this, choose)
        isSelected = chosen
        stateDescription(context.getString(if (chosen) R.string.chosen else R.string.not_chosen))
        tag = words
    }

    private fun View.stateDescription(words: String) {
        if (android.os.Build.VERSION.SDK_INT >= 30) stateDescription = words
    }

    private fun day(ask: AskDay): View = TextView(look.context).apply {
        look.dress(this, Type.LEAD, if (ask.day.isEmpty()) R.color.ink2 else R.color.ink)
        text = ask.words.ifEmpty { ask.hint }
        gravity = Gravity.CENTER_VERTICAL
        background = look.touchable(look.ground(R.color.surface, if (ask.about.wrong.isEmpty()) R.color.ink2 else R.color.bad))
        setPadding(look.dp(12), look.dp(10), look.dp(12), look.dp(10))
        setCompoundDrawablesRelativeWithIntrinsicBounds(null, null, look.icon(R.drawable.ic_calendar, R.color.primary), null)
        look.tappable(this) {
            val from = if (ask.day.isEmpty()) LocalDate.now() else LocalDate.parse(ask.day)
            DatePickerDialog(context, { _, year, month, day ->
                ask.choose(LocalDate.of(year, month + 1, day).toString())
            }, from.year, from.monthValue - 1, from.dayOfMonth).show()
        }
    }

    private fun agreement(ask: AskAgree): View = LinearLayout(look.context).apply {
        orientation = LinearLayout.VERTICAL
        addView(look.text(ask.statement))
        val consequences = look.text(ask.consequences, ink = R.color.warn).apply {
            background = look.ground(R.color.warn_bg)
            setPadding(look.dp(12), look.dp(10), look.dp(12), look.dp(10))
        }
        addView(consequences, gap(8))
        addView(option(ask.words, ask.agreed) { ask.agree(!ask.agreed) }, gap(8))
    }

    private fun gap(space: Int) =
        LinearLayout.LayoutParams(MATCH_PARENT, WRAP_CONTENT).apply { topMargin = look.dp(space) }
}
