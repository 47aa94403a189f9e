package citizen.app.design

import android.view.View

/**
 * A block as it is drawn. What is tapped or typed asks the block that is shown at that moment what to do, so a block that
 * looks the same takes the place of another without a view being touched.
 */
class Drawn private constructor(block: Block) {
    var block: Block = block
        private set
    lateinit var view: View
        private set
    private var refill: () -> Boolean = { false }

    /** Shows another block in the same views; false where it must be drawn anew. */
    fun shows(next: Block): Boolean {
        val before = block
        if (next.javaClass != before.javaClass) return false
        block = next
        val can = next == before || refill()
        if (!can) block = before
        return can
    }

    companion object {
        /** Draws a block. [refill] makes its views show what the block is now, and says whether it could. */
        @Suppress("UNCHECKED_CAST")
        fun <B : Block, V : View> of(block: B, refill: (V, now: () -> B) -> Boolean = { _, _ -> false }, make: (now: () -> B) -> V): Drawn {
            val drawn = Drawn(block)
            val now = { drawn.block as B }
            val view = make(now)
            drawn.view = view
            drawn.refill = { refill(view, now) }
            return drawn
        }
    }
}
