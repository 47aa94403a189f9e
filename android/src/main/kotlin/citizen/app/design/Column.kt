package citizen.app.design

import android.widget.LinearLayout

/**
 * Blocks below each other. Shown again, what looks the same stays, what is of the same kind is filled again, and only the
 * rest is drawn: a field that is being typed into never leaves the screen.
 */
class Column(look: Look, private val draw: Draw) : LinearLayout(look.context) {
    private var drawn = emptyList<Drawn>()

    /** Rows that are out of sight now and spare drawing others. */
    private val spare = ArrayDeque<Drawn>()

    init {
        orientation = VERTICAL
    }

    /** Every question in it, also in cards. */
    val asks: List<AskView> get() = drawn.flatMap { (it.view as? Column)?.asks ?: listOfNotNull(it.view as? AskView) }

    fun show(blocks: List<Block>) {
        val left = ArrayDeque(drawn)
        val wanted = blocks.filterIsInstance<Ask>().mapTo(HashSet()) { it.key }
        val next = blocks.map { block -> (kept(block, left, wanted) ?: spared(block) ?: draw.block(block)) }
        place(next)
    }

    /** Forgets what is shown, but for rows that can be filled again: another screen follows. */
    fun clear() = place(emptyList())

    /** What shows this block already, or can: the next of what is left, never past a question that is still to come. */
    private fun kept(block: Block, left: ArrayDeque<Drawn>, wanted: MutableSet<String>): Drawn? {
        if (block is Ask) wanted -= block.key
        val barrier = left.indexOfFirst { (it.block as? Ask)?.key in wanted }
        val reach = if (barrier < 0) left.size else barrier
        for (index in 0 until reach) {
            val old = left[index]
            if ((block as? Ask)?.key != (old.block as? Ask)?.key || !old.shows(block)) continue
            repeat(index + 1) { left.removeFirst() }
            return old
        }
        return null
    }

    private fun spared(block: Block): Drawn? {
        if (block !is Line) return null
        return spare.removeLastOrNull()?.takeIf { it.shows(block) }
    }

    private fun place(next: List<Drawn>) {
        val stays = next.mapTo(HashSet()) { it.view }
        val goes = drawn.filter { it.view !in stays }
        // A field that goes would hand the focus on from one to the next of those that go after it.
        descendantFocusability = FOCUS_BLOCK_DESCENDANTS
        if (goes.size == childCount) removeAllViews() else goes.forEach { removeView(it.view) }
        descendantFocusability = FOCUS_BEFORE_DESCENDANTS
        goes.filter { it.block is Line }.take(MOST - spare.size).forEach(spare::addLast)
        next.forEachIndexed { index, new -> if (getChildAt(index) !== new.view) addView(new.view, index) }
        drawn = next
    }

    private companion object {
        const val MOST = 20
    }
}
