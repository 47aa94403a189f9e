package citizen.app.bridge

import android.content.Context
import citizen.app.R
import citizen.app.platform.Settings
import citizen.core.CitizenException
import citizen.core.Language
import citizen.core.Text
import java.math.BigDecimal
import java.text.DecimalFormat
import java.text.DecimalFormatSymbols
import java.time.Instant
import java.time.LocalDate
import java.time.ZoneId
import java.time.format.DateTimeFormatter
import java.util.Locale

/** Where a screen is: its words, and the ways it can go. Implemented by the activity. */
interface Here {
    val context: Context
    val core: Core
    val settings: Settings

    /** Goes to a screen, on top of this one. */
    fun go(route: String)

    /** Goes to a screen in place of this one. */
    fun replace(route: String)

    /** Goes to a screen from which there is no way back. */
    fun reset(route: String)
    fun back()

    /** Does something off the main thread, one after another, and shows this screen anew. What fails is said. */
    fun act(work: suspend () -> Unit)

    /** The same, then goes on with what came out of it. */
    fun <T> act(work: suspend () -> T, then: (T) -> Unit)

    /** Shows this screen as it is now. */
    fun redraw()

    /** Asks before something that cannot be taken back; the button says what it does. */
    fun confirm(title: String, words: String, button: String, does: () -> Unit)

    /** Asks for some words. */
    fun askWords(title: String, hint: String, button: String, done: (String) -> Unit)

    /** Opens an address in the person's own browser. */
    fun browse(address: String)

    /** Lets the person photograph or choose a file for this screen, [instead] of one that is there. */
    fun pick(source: Source, instead: String? = null)

    /** Lets the person choose where a file goes, and has it written; then says that it is there. */
    fun save(name: String, write: suspend (path: String) -> Unit, done: () -> Unit)

    /** Begins as on a phone where nobody was yet: everything was deleted. */
    fun beginAnew()

    /** Has what was just filed sent also while the person does other things. */
    fun sendLater()

    fun text(id: Int, vararg parts: Any): String = context.getString(id, *parts)
    fun count(id: Int, number: Int): String = context.resources.getQuantityString(id, number, number)
    val language: Language get() = if (text(R.string.language) == "zh") Language.ZH else Language.EN
    fun say(words: Text): String = if (language == Language.ZH) words.zh else words.en
    fun day(day: String): String = LocalDate.parse(day).format(pattern(R.string.day_pattern))
    fun time(at: Instant): String = at.atZone(ZoneId.systemDefault()).format(pattern(R.string.time_pattern))
    fun amount(fen: Long): String = Amount.words(fen)
    private fun pattern(id: Int) = DateTimeFormatter.ofPattern(text(id), if (language == Language.ZH) Locale.CHINESE else Locale.ENGLISH)
}

/** Money as people read it, written as the core writes it; a call to the core for each amount of a list would cost more. */
object Amount {
    private val grouped = DecimalFormat("¥#,##0.00", DecimalFormatSymbols(Locale.ROOT))
    fun words(fen: Long): String = synchronized(grouped) { grouped.format(BigDecimal.valueOf(fen, 2)) }
}

/** Where a paper comes from. */
enum class Source { CAMERA, FILES }

/** What went wrong, in the person's language: what is wrong, and what to do. */
fun Here.say(error: CitizenException): Pair<String, String> = when (error) {
    is CitizenException.WrongUse -> say(error.reason) to say(error.action)
    is CitizenException.Waiting -> say(error.reason) to say(error.action)
    is CitizenException.Refused -> say(error.reason) to say(error.action)
    is CitizenException.Failed -> say(error.reason) to say(error.action)
}

/** The stable name of what went wrong. */
val CitizenException.name: String
    get() = when (this) {
        is CitizenException.WrongUse -> code
        is CitizenException.Waiting -> code
        is CitizenException.Refused -> code
        is CitizenException.Failed -> code
    }
