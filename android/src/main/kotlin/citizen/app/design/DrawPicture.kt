package citizen.app.design

import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.graphics.Canvas
import android.graphics.Paint
import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.ImageView
import android.widget.LinearLayout
import citizen.app.R

/** Draws what is more picture than text: cards, codes, photographs, the keypad. */
class DrawPicture(private val look: Look) {
    fun picture(block: Block): Drawn = when (block) {
        is Dots -> Drawn.of(block, { view: LinearLayout, now -> filled(view, now()) }) { dots(block) }
        is Keypad -> Drawn.of(block) { now -> keypad(block, { now().type(it) }, { now().back() }) }
        is Code -> Drawn.of(block) { CodeView(look, block) }
        is CardFront -> Drawn.of(block) { cardFront(block) }
        is Paper -> Drawn.of(block) { now -> paper(block) { now().actions[it].does() } }
        else -> Drawn.of(block) { View(look.context) }
    }

    private fun dots(dots: Dots) = LinearLayout(look.context).apply {
        gravity = Gravity.CENTER
        setPadding(0, look.dp(16), 0, look.dp(16))
        repeat(dots.of) {
            addView(View(context), LinearLayout.LayoutParams(look.dp(20), look.dp(20)).apply { setMargins(look.dp(8), 0, look.dp(8), 0) })
        }
        filled(this, dots)
    }

    private fun filled(view: LinearLayout, dots: Dots): Boolean {
        if (view.childCount != dots.of) return false
        view.contentDescription = dots.label
        repeat(dots.of) { index ->
            val filled = index < dots.filled
            view.getChildAt(index).background = if (filled) look.ground(R.color.primary, radius = 10) else look.ground(R.color.surface, R.color.ink2, radius = 10)
        }
        return true
    }

    private fun keypad(keypad: Keypad, type: (Char) -> Unit, back: () -> Unit): View = LinearLayout(look.context).apply {
        orientation = LinearLayout.VERTICAL
        listOf("123", "456", "789", " 0<").forEach { keys ->
            val row = LinearLayout(context)
            keys.forEach { row.addView(key(it, keypad, type, back), LinearLayout.LayoutParams(0, look.dp(64), 1f).apply { setMargins(look.dp(5), look.dp(5), look.dp(5), look.dp(5)) }) }
            addView(row)
        }
    }

    private fun key(key: Char, keypad: Keypad, type: (Char) -> Unit, back: () -> Unit): View = when (key) {
        ' ' -> View(look.context)
        '<' -> ImageView(look.context).apply {
            setImageDrawable(look.icon(R.drawable.ic_erase, R.color.ink))
            scaleType = ImageView.ScaleType.CENTER
            contentDescription = keypad.erase
            background = look.touchable(look.ground(R.color.bg))
            look.tappable(this, back)
        }
        else -> look.text(key.toString(), Type.HEAD, bold = true).apply {
            gravity = Gravity.CENTER
            background = look.touchable(look.ground(R.color.surface, R.color.line))
            look.tappable(this) { type(key) }
            tag = key.toString()
        }
    }

    private fun cardFront(card: CardFront): View = LinearLayout(look.context).apply {
        orientation = LinearLayout.VERTICAL
        background = look.ground(R.color.card_front, radius = 16)
        setPadding(look.dp(20), look.dp(20), look.dp(20), look.dp(20))
        addView(look.text(card.title, Type.LEAD, R.color.on_card_front, bold = true))
        addView(look.text(card.name, Type.FIGURE, R.color.on_card_front, bold = true).apply { setPadding(0, look.dp(20), 0, look.dp(12)) })
        card.lines.forEach { (label, value) ->
            addView(look.text(label, ink = R.color.on_card_front))
            addView(look.text(value, Type.LEAD, R.color.on_card_front, bold = true).apply { fontFeatureSettings = "tnum"; setPadding(0, 0, 0, look.dp(8)) })
        }
        addView(Draw(look).chip(card.chip))
    }

    private fun paper(paper: Paper, does: (Int) -> Unit): View = LinearLayout(look.context).apply {
        orientation = LinearLayout.VERTICAL
        background = look.ground(R.color.surface, R.color.line)
        setPadding(look.dp(12), look.dp(12), look.dp(12), look.dp(12))
        val row = LinearLayout(context).apply { gravity = Gravity.CENTER_VERTICAL }
        val picture = ImageView(context).apply {
            val small = paper.thumbnail?.let(::thumbnail)
            if (small != null) setImageBitmap(small) else setImageDrawable(look.icon(R.drawable.ic_file, R.color.primary))
            scaleType = if (small != null) ImageView.ScaleType.CENTER_CROP else ImageView.ScaleType.CENTER
            background = look.ground(R.color.bg, radius = 8)
            clipToOutline = true
            importantForAccessibility = View.IMPORTANT_FOR_ACCESSIBILITY_NO
        }
        row.addView(picture, LinearLayout.LayoutParams(look.dp(72), look.dp(72)).apply { rightMargin = look.dp(12) })
        val words = LinearLayout(context).apply { orientation = LinearLayout.VERTICAL }
        words.addView(look.text(paper.title, Type.LEAD, bold = true))
        words.addView(look.text(paper.below, ink = R.color.ink2))
        row.addView(words, LinearLayout.LayoutParams(0, WRAP_CONTENT, 1f))
        addView(row)
        paper.actions.forEachIndexed { index, action -> addView(Draw(look).push(Push(action)) { does(index) }, LinearLayout.LayoutParams(MATCH_PARENT, WRAP_CONTENT).apply { topMargin = look.dp(8) }) }
    }

    /** A photograph at the size it is shown: a phone's memory holds few whole ones. */
    private fun thumbnail(bytes: ByteArray): Bitmap? {
        val bounds = BitmapFactory.Options().apply { inJustDecodeBounds = true }
        BitmapFactory.decodeByteArray(bytes, 0, bytes.size, bounds)
        var shrink = 1
        while (bounds.outWidth / (shrink * 2) >= look.dp(72)) shrink *= 2
        return BitmapFactory.decodeByteArray(bytes, 0, bytes.size, BitmapFactory.Options().apply { inSampleSize = shrink })
    }
}

/** A code to be scanned: black on white also by night, as large as the page is wide. */
private class CodeView(private val look: Look, private val code: Code) : View(look.context) {
    private val dark = Paint().apply { color = look.color(R.color.print) }

    init {
        contentDescription = code.label
        background = look.ground(R.color.paper)
    }

    override fun onMeasure(widthSpec: Int, heightSpec: Int) {
        val side = minOf(MeasureSpec.getSize(widthSpec), look.dp(420))
        setMeasuredDimension(MeasureSpec.getSize(widthSpec), side)
    }

    override fun onDraw(canvas: Canvas) {
        // Four points of quiet on each side, and whole pixels so that no point is blurred.
        val point = height / (code.side + 8)
        val left = (width - point * code.side) / 2
        val top = (height - point * code.side) / 2
        code.points.forEachIndexed { index, is_dark ->
            if (is_dark.toInt() == 1) {
                val x = left + index % code.side * point
                val y = top + index / code.side * point
                canvas.drawRect(x.toFloat(), y.toFloat(), (x + point).toFloat(), (y + point).toFloat(), dark)
            }
        }
    }
}
