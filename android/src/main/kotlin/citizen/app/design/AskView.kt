package citizen.app.design

import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.EditText
import android.widget.LinearLayout
import android.widget.TextView
import citizen.app.R

/** A question as it is drawn: label above, help below it, the answer, where it comes from, what is wrong. */
class AskView(private val look: Look, val key: String, private val about: About, answer: View, does: () -> Unit) :
    LinearLayout(look.context) {
    /** Where the answer is typed; none where it is tapped. */
    val input: EditText? = answer as? EditText
    private var answered = answer
    private var from: TextView? = null
    private var wrong: TextView? = null

    init {
        orientation = VERTICAL
        tag = key
        if (about.label.isNotEmpty()) addView(look.text(about.label, Type.LEAD, bold = true).apply { input?.let { labelFor = it.id } })
        if (about.help.isNotEmpty()) addView(look.text(about.help, ink = R.color.ink2))
        addView(answer, below())
        about.action?.let { addView(Draw(look).push(Push(it), does)) }
        change(about)
    }

    /** Whether only what is said of the answer differs. */
    fun fits(next: About) = next.label == about.label && next.help == about.help && next.action == about.action

    /** Says what is known now; what is typed stays untouched. */
    fun change(about: About) {
        if (wrong == null && about.wrong.isNotEmpty()) wrong = fault().also { addView(it, indexOfChild(answered) + 1, below()) }
        if (from == null && about.from.isNotEmpty()) from = look.text("", ink = R.color.ink2).also { addView(it, indexOfChild(wrong ?: answered) + 1, below()) }
        say(wrong, about.wrong)
        say(from, about.from)
        input?.background = look.ground(R.color.surface, if (about.wrong.isEmpty()) R.color.ink2 else R.color.bad)
    }

    /** Read aloud by a screen reader as soon as it is said. */
    private fun fault() = look.text("", ink = R.color.bad, bold = true).apply {
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
        look.lead(this, look.icon(R.drawable.ic_bad, R.color.bad), gap = 8)
    }

    /** Shows another answer to the same question. */
    fun answer(next: View) {
        val place = indexOfChild(answered)
        removeViewAt(place)
        addView(next, place, below())
        answered = next
    }

    private fun say(view: TextView?, words: String) {
        if (view == null) return
        if (view.text.toString() != words) view.text = words
        view.visibility = if (words.isEmpty()) View.GONE else View.VISIBLE
    }

    private fun below() = LayoutParams(MATCH_PARENT, WRAP_CONTENT).apply { topMargin = look.dp(6) }
}
