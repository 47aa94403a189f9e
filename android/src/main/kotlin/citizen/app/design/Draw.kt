package citizen.app.design

import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.ImageView
import android.widget.LinearLayout
import android.widget.TextView
import citizen.app.R

/** Draws blocks. */
class Draw(private val look: Look) {
    private val asks = DrawAsk(look)
    private val pictures = DrawPicture(look)

    /** A block as it is drawn. */
    fun block(block: Block): Drawn = when (block) {
        is Heading -> Drawn.of(block) { heading(block) }
        is Words -> Drawn.of(block) { words(block) }
        is Tag -> Drawn.of(block) { chip(block.chip) }
        is Banner -> Drawn.of(block) { now -> banner(block) { now().action?.does?.invoke() } }
        is Card -> Drawn.of(block, { view: Column, now -> filled(view, block, now()) }) { now -> card(block) { now().tap?.invoke() } }
        is Line -> Drawn.of(block, { view: LineView, _ -> view.refill() }) { now -> line(now) }
        is Tiles -> Drawn.of(block) { now -> tiles(block) { now().tiles[it].does() } }
        is Figure -> Drawn.of(block) { figure(block) }
        is Pairs -> Drawn.of(block) { pairs(block) }
        is Timeline -> Drawn.of(block) { timeline(block) }
        is Push -> Drawn.of(block) { now -> push(block) { now().action.does() } }
        is Empty -> Drawn.of(block) { now -> empty(block) { now().action?.does?.invoke() } }
        is Steps -> Drawn.of(block) { steps(block) }
        is Ask -> asks.ask(block).also { it.view.layoutParams = below(20) }
        is Search -> asks.search(block).also { it.view.layoutParams = below(8) }
        is Dots, is Keypad, is Code, is CardFront, is Paper -> pictures.picture(block).also { it.view.layoutParams = below(12) }
    }

    private fun heading(heading: Heading): View = look.text(heading.words, Type.HEAD, bold = true).apply {
        isAccessibilityHeading = true
        layoutParams = below(20)
    }

    private fun words(words: Words): View {
        val ink = if (words.muted) R.color.ink2 else R.color.ink
        return look.text(words.words, if (words.lead) Type.LEAD else Type.BODY, ink).apply { layoutParams = below(8) }
    }

    fun appBar(page: Page, goBack: () -> Unit, speak: () -> Unit): View = row().apply {
        setPadding(look.dp(4), look.dp(4), look.dp(4), look.dp(4))
        if (page.back) addView(iconButton(R.drawable.ic_back, context.getString(R.string.back), goBack))
        val title = look.text(page.title, Type.LEAD, bold = true).apply {
            isAccessibilityHeading = true
            setPadding(look.dp(if (page.back) 4 else 12), 0, look.dp(8), 0)
        }
        addView(title, LinearLayout.LayoutParams(0, WRAP_CONTENT, 1f))
        page.readAloud?.let { addView(iconButton(R.drawable.ic_speak, it, speak)) }
        minimumHeight = look.dp(56)
    }

    fun offlineBar(words: String): View = row().apply {
        setBackgroundColor(look.color(R.color.warn_bg))
        setPadding(look.dp(16), look.dp(8), look.dp(16), look.dp(8))
        addIcon(R.drawable.ic_offline, R.color.warn)
        addView(look.text(words, ink = R.color.warn), LinearLayout.LayoutParams(0, WRAP_CONTENT, 1f))
    }

    /** Whose matters they are, and the way back to one's own. */
    fun actingBar(acting: Acting): View = LinearLayout(look.context).apply {
        orientation = LinearLayout.VERTICAL
        setBackgroundColor(look.color(R.color.ok_bg))
        setPadding(look.dp(16), look.dp(8), look.dp(16), look.dp(8))
        addView(look.text(acting.words, Type.LEAD, R.color.ok, bold = true).apply { look.lead(this, look.icon(R.drawable.ic_mandate, R.color.ok)) })
        addView(push(Push(acting.stop), acting.stop.does))
    }

    fun push(push: Push, does: () -> Unit): View = row().apply {
        val ink = when {
            push.strong -> R.color.on_primary
            push.bad -> R.color.bad
            else -> R.color.primary
        }
        gravity = Gravity.CENTER
        background = look.touchable(
            if (push.strong) look.ground(R.color.primary) else look.ground(R.color.surface, R.color.line),
        )
        setPadding(look.dp(16), look.dp(10), look.dp(16), look.dp(10))
        push.action.icon?.let { addIcon(it, ink) }
        addView(look.text(push.action.label, Type.LEAD, ink, bold = true).apply { gravity = Gravity.CENTER })
        layoutParams = below(8)
        look.tappable(this, does)
        minimumHeight = maxOf(look.target, look.dp(52))
        tag = push.action.label
    }

    private fun banner(banner: Banner, does: () -> Unit): View = column(look.ground(banner.tone.ground)).apply {
        addView(look.text(banner.title, Type.LEAD, banner.tone.ink, bold = true).apply { look.lead(this, look.icon(banner.tone.icon, banner.tone.ink)) })
        if (banner.words.isNotEmpty()) {
            addView(look.text(banner.words).apply { layoutParams = below(4) })
        }
        banner.action?.let { addView(push(Push(it), does)) }
        layoutParams = below(12)
    }

    private fun card(card: Card, tap: () -> Unit): Column = Column(look, this).apply {
        val ground = look.ground(R.color.surface, R.color.line)
        setPadding(look.dp(16), look.dp(14), look.dp(16), look.dp(14))
        layoutParams = below(12)
        if (card.tap == null) background = ground else {
            background = look.touchable(ground)
            look.tappable(this, tap)
        }
        fill(card)
    }

    private fun filled(view: Column, first: Card, card: Card): Boolean {
        if ((first.tap == null) != (card.tap == null)) return false
        view.fill(card)
        return true
    }

    private fun Column.fill(card: Card) {
        show(card.blocks)
        (getChildAt(0)?.layoutParams as? LinearLayout.LayoutParams)?.topMargin = 0
    }

    private fun line(now: () -> Line) = LineView(look, this, now).apply { layoutParams = below(10) }

    fun chip(chip: Chip): View = look.text("", bold = true).also { dressAsChip(it, chip) }

    /** Makes a text a state with its colour and icon. */
    fun dressAsChip(view: TextView, chip: Chip) {
        if (view.tag == chip) return
        view.tag = chip
        view.text = chip.words
        view.setTextColor(look.color(chip.tone.ink))
        view.background = look.ground(chip.tone.ground, radius = 8)
        view.setPadding(look.dp(8), look.dp(3), look.dp(10), look.dp(3))
        view.gravity = Gravity.CENTER_VERTICAL
        look.lead(view, look.icon(chip.icon, chip.tone.ink), size = 18, gap = 6)
        view.layoutParams = LinearLayout.LayoutParams(WRAP_CONTENT, WRAP_CONTENT).apply { topMargin = look.dp(6) }
    }

    private fun tiles(tiles: Tiles, does: (Int) -> Unit): View = LinearLayout(look.context).apply {
        orientation = LinearLayout.VERTICAL
        tiles.tiles.chunked(2).forEachIndexed { line, pair ->
            val row = LinearLayout(context).apply { isBaselineAligned = false }
            pair.forEachIndexed { index, tile -> row.addView(tile(tile) { does(line * 2 + index) }, LinearLayout.LayoutParams(0, MATCH_PARENT, 1f).apply { if (index > 0) leftMargin = look.dp(10) }) }
            if (pair.size == 1) row.addView(View(context), LinearLayout.LayoutParams(0, 1, 1f).apply { leftMargin = look.dp(10) })
            addView(row, below(10))
        }
    }

    private fun tile(tile: Action, does: () -> Unit): View = column(look.touchable(look.ground(R.color.surface, R.color.line))).apply {
        gravity = Gravity.CENTER
        tile.icon?.let { addIcon(it, R.color.primary, 32, after = 0) }
        addView(look.text(tile.label, Type.LEAD, bold = true).apply { gravity = Gravity.CENTER; layoutParams = below(6) })
        look.tappable(this, does)
        tag = tile.label
    }

    private fun figure(figure: Figure): View = LinearLayout(look.context).apply {
        orientation = LinearLayout.VERTICAL
        addView(look.text(figure.label, ink = R.color.ink2))
        addView(look.text(figure.value, Type.FIGURE, bold = true).apply { fontFeatureSettings = "tnum" })
        if (figure.below.isNotEmpty()) addView(look.text(figure.below, ink = R.color.ink2))
        layoutParams = below(4)
    }

    private fun pairs(pairs: Pairs): View = LinearLayout(look.context).apply {
        orientation = LinearLayout.VERTICAL
        pairs.pairs.forEachIndexed { index, (name, value) ->
            val strong = pairs.strongLast && index == pairs.pairs.lastIndex
            addView(FlowPair(look, look.text(name, ink = R.color.ink2), look.text(value, bold = strong).apply { fontFeatureSettings = "tnum" }), below(6))
        }
        layoutParams = below(6)
    }

    private fun timeline(timeline: Timeline): View = LinearLayout(look.context).apply {
        orientation = LinearLayout.VERTICAL
        timeline.moments.forEach { moment ->
            val row = row().apply { gravity = Gravity.TOP; addIcon(moment.icon, moment.tone.ink) }
            val words = LinearLayout(context).apply { orientation = LinearLayout.VERTICAL }
            words.addView(look.text(moment.title, bold = true))
            words.addView(look.text(moment.below, ink = R.color.ink2))
            row.addView(words, LinearLayout.LayoutParams(0, WRAP_CONTENT, 1f))
            addView(row, below(12))
        }
    }

    private fun empty(empty: Empty, does: () -> Unit): View = column(look.ground(R.color.bg)).apply {
        gravity = Gravity.CENTER
        addIcon(empty.icon, R.color.ink2, 48, after = 0)
        addView(look.text(empty.words, ink = R.color.ink2).apply { gravity = Gravity.CENTER; layoutParams = below(12) })
        empty.action?.let { addView(push(Push(it), does)) }
        layoutParams = below(24)
    }

    private fun steps(steps: Steps): View = LinearLayout(look.context).apply {
        orientation = LinearLayout.VERTICAL
        addView(look.text(steps.label, ink = R.color.ink2))
        val bar = LinearLayout(context).apply { background = look.ground(R.color.line, radius = 3) }
        val done = View(context).apply { background = look.ground(R.color.primary, radius = 3) }
        bar.addView(done, LinearLayout.LayoutParams(0, look.dp(6), steps.done.toFloat()))
        bar.addView(View(context), LinearLayout.LayoutParams(0, look.dp(6), (steps.of - steps.done).toFloat()))
        addView(bar, below(6))
        layoutParams = below(4)
    }

    private fun iconButton(icon: Int, label: String, does: () -> Unit): View = ImageView(look.context).apply {
        setImageDrawable(look.icon(icon, R.color.ink))
        scaleType = ImageView.ScaleType.CENTER_INSIDE
        contentDescription = label
        background = look.touchable(look.ground(R.color.bg))
        look.tappable(this, does)
        layoutParams = LinearLayout.LayoutParams(look.target, look.target)
    }

    private fun row() = LinearLayout(look.context).apply { gravity = Gravity.CENTER_VERTICAL }

    private fun column(ground: android.graphics.drawable.Drawable) = LinearLayout(look.context).apply {
        orientation = LinearLayout.VERTICAL
        background = ground
        setPadding(look.dp(16), look.dp(14), look.dp(16), look.dp(14))
    }

    fun icon(icon: Int, ink: Int): View = ImageView(look.context).apply {
        setImageDrawable(look.icon(icon, ink))
        importantForAccessibility = View.IMPORTANT_FOR_ACCESSIBILITY_NO
    }

    fun iconPlace(size: Int = 24, after: Int = 10) =
        LinearLayout.LayoutParams(look.dp(size), look.dp(size)).apply { rightMargin = look.dp(after) }

    private fun LinearLayout.addIcon(icon: Int, ink: Int, size: Int = 24, after: Int = 10) = addView(this@Draw.icon(icon, ink), iconPlace(size, after))

    private fun below(space: Int) =
        LinearLayout.LayoutParams(MATCH_PARENT, WRAP_CONTENT).apply { topMargin = look.dp(space) }
}
