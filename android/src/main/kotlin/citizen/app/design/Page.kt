package citizen.app.design

/** What a screen shows: drawn by [PageView], made by a screen from what the core says. Holds words, no types of the core. */
data class Page(
    val title: String,
    val blocks: List<Block>,
    /** Whether there is a way back in the app bar. */
    val back: Boolean = true,
    /** The one main action, fixed at the bottom. */
    val main: Action? = null,
    val second: Action? = null,
    /** Whether it shows something personal: then it is kept out of screenshots and the list of recent apps. */
    val personal: Boolean = true,
    /** Whether the screen shall be as bright as it can be, to be scanned. */
    val bright: Boolean = false,
    /** What the bar under the title says, where there is no network. */
    val offline: String? = null,
    /** For whom is acted, and how that is ended. */
    val acting: Acting? = null,
    /** What the button for reading aloud is called. */
    val readAloud: String? = null,
)

/** Something that is equal to another where both look the same: what a tap does is seen by nobody. */
abstract class Seen {
    protected abstract val looks: List<Any?>

    final override fun equals(other: Any?) = other is Seen && other.javaClass == javaClass && other.looks == looks
    final override fun hashCode() = looks.hashCode()
}

data class Action(val label: String, val icon: Int? = null, val does: () -> Unit) : Seen() {
    override val looks get() = listOf(label, icon)
}

/** Says on every screen whose matters they are, where they are somebody else's. */
data class Acting(val words: String, val stop: Action)

/** A state in a word, with its icon and colour. */
data class Chip(val words: String, val tone: Tone, val icon: Int = tone.icon)

/** A part of a page. */
sealed interface Block

data class Tag(val chip: Chip) : Block
data class Heading(val words: String) : Block
data class Words(val words: String, val muted: Boolean = false, val lead: Boolean = false) : Block
data class Banner(val tone: Tone, val title: String, val words: String = "", val action: Action? = null) : Block
data class Card(val blocks: List<Block>, val tap: (() -> Unit)? = null) : Seen(), Block {
    override val looks get() = listOf(blocks, tap != null)
}
data class Line(
    val title: String,
    val below: String = "",
    val chip: Chip? = null,
    val icon: Int? = null,
    val tap: (() -> Unit)? = null,
) : Seen(), Block {
    override val looks get() = listOf(title, below, chip, icon, tap != null)
}
data class Tiles(val tiles: List<Action>) : Block
data class Figure(val label: String, val value: String, val below: String = "") : Block
data class Pairs(val pairs: List<Pair<String, String>>, val strongLast: Boolean = false) : Block
data class Moment(val title: String, val below: String, val tone: Tone, val icon: Int)
data class Timeline(val moments: List<Moment>) : Block
data class Push(val action: Action, val strong: Boolean = false, val bad: Boolean = false) : Block
data class Dots(val filled: Int, val of: Int, val label: String) : Block
data class Keypad(val erase: String, val type: (Char) -> Unit, val back: () -> Unit) : Seen(), Block {
    override val looks get() = listOf(erase)
}
data class Code(val side: Int, val points: ByteArray, val label: String) : Block
data class CardFront(val title: String, val name: String, val lines: List<Pair<String, String>>, val chip: Chip) : Block
data class Steps(val label: String, val done: Int, val of: Int) : Block
data class Search(val hint: String, val text: String, val type: (String) -> Unit) : Seen(), Block {
    override val looks get() = listOf(hint, text)
}
data class Paper(val title: String, val below: String, val thumbnail: ByteArray?, val actions: List<Action>) : Block
data class Empty(val icon: Int, val words: String, val action: Action? = null) : Block

/** Something that is asked. [key] is where its answer goes; it finds the very field again. */
sealed interface Ask : Block {
    val key: String
    val about: About
}

/** What stands around a question: its words, where its answer comes from, what is wrong with it. */
data class About(
    val label: String,
    val help: String = "",
    val from: String = "",
    val wrong: String = "",
    val action: Action? = null,
)

enum class Keys { TEXT, LONG, DIGITS, AMOUNT, PHONE, ID }

data class AskText(
    override val key: String,
    override val about: About,
    val text: String,
    val keys: Keys,
    val type: (String) -> Unit,
) : Seen(), Ask {
    override val looks get() = listOf(key, about, text, keys)
}

data class Option(val value: String, val words: String, val chosen: Boolean)

data class AskChoice(
    override val key: String,
    override val about: About,
    val options: List<Option>,
    val several: Boolean,
    val choose: (String) -> Unit,
) : Seen(), Ask {
    override val looks get() = listOf(key, about, options, several)
}

data class AskDay(
    override val key: String,
    override val about: About,
    val words: String,
    /** `YYYY-MM-DD`, or nothing. */
    val day: String,
    val hint: String,
    val choose: (String) -> Unit,
) : Seen(), Ask {
    override val looks get() = listOf(key, about, words, day, hint)
}

data class AskAgree(
    override val key: String,
    override val about: About,
    val statement: String,
    val consequences: String,
    val words: String,
    val agreed: Boolean,
    val agree: (Boolean) -> Unit,
) : Seen(), Ask {
    override val looks get() = listOf(key, about, statement, consequences, words, agreed)
}

data class AskFixed(override val key: String, override val about: About, val words: String) : Ask
