package citizen.app.screens

import citizen.app.R
import citizen.app.bridge.Here
import citizen.app.bridge.Source
import citizen.app.design.About
import citizen.app.design.Action
import citizen.app.design.AskAgree
import citizen.app.design.Banner
import citizen.app.design.Block
import citizen.app.design.Chip
import citizen.app.design.Heading
import citizen.app.design.Line
import citizen.app.design.Page
import citizen.app.design.Paper
import citizen.app.design.Push
import citizen.app.design.Tone
import citizen.app.design.Words
import citizen.core.AttachmentView
import citizen.core.DeclarationView
import citizen.core.DraftView
import citizen.core.Provided
import citizen.core.RequirementView
import citizen.core.ResolutionView

/** A paper in a line: how it is met, and whether anything is left to do. */
fun paperLine(at: Here, paper: RequirementView, tap: () -> Unit): Line {
    val (files, provided) = filesOf(paper.resolution)
    val chip = when {
        files.isNotEmpty() && paper.met -> Chip(at.count(R.plurals.photographed, files.size), Tone.OK)
        paper.met -> Chip(at.text(R.string.nothing_to_do), Tone.OK)
        else -> Chip(at.text(R.string.photograph_please), Tone.WARN, R.drawable.ic_camera)
    }
    val icon = if (provided == null) R.drawable.ic_check else R.drawable.ic_camera
    return Line(at.say(paper.title), how(at, paper), chip, icon, if (provided == null) null else tap)
}

/** How a paper is met for this person, in words. */
fun how(at: Here, paper: RequirementView): String = when (val route = paper.resolution) {
    is ResolutionView.Cancelled -> at.say(route.ground)
    is ResolutionView.Shared -> at.text(R.string.from_register, at.say(route.source.title), at.day(route.source.asOf))
    is ResolutionView.Declared -> at.text(R.string.declared_instead)
    is ResolutionView.Checked -> at.text(R.string.checked_between, at.say(route.department))
    is ResolutionView.Pending -> at.text(R.string.register_pending)
    is ResolutionView.Deferred -> at.text(R.string.register_deferred)
    is ResolutionView.Provided -> paper.help?.let(at::say).orEmpty()
    is ResolutionView.NoRoute -> at.text(R.string.counter_helps)
}

fun filesOf(route: ResolutionView): Pair<List<AttachmentView>, Provided?> = when (route) {
    is ResolutionView.Provided -> route.files to route.provided
    is ResolutionView.Pending -> route.files to route.fallback
    is ResolutionView.Deferred -> route.files to route.fallback
    else -> emptyList<AttachmentView>() to null
}

/** A declaration that stands for a paper, with what follows if it is not true. */
fun agreement(at: Here, draft: String, view: DeclarationView) = AskAgree(
    key = view.declaration.declarationId,
    about = About(at.say(view.declaration.title)),
    statement = at.say(view.declaration.statement),
    consequences = at.say(view.declaration.consequences),
    words = at.text(R.string.agree),
    agreed = view.agreed,
) { agreed -> at.act { checkNotNull(at.core.person).drafts.agreeDeclaration(draft, view.declaration.declarationId, agreed) } }

/** One paper: photographed or chosen, taken again, taken out. */
class PaperScreen(at: Here, private val draft: String, private val requirement: String) : Screen<PaperScreen.State>(at) {
    class State(val paper: RequirementView, val pictures: Map<String, ByteArray>)

    override suspend fun load(): State {
        val paper = me.drafts.show(draft).requirements.first { it.requirementId == requirement }
        val images = filesOf(paper.resolution).first.filter { it.mediaType.startsWith("image/") }
        return State(paper, images.associate { it.attachmentId to me.drafts.readFile(it.attachmentId) })
    }

    override fun view(state: State): Page {
        val (files, provided) = filesOf(state.paper.resolution)
        val more = provided != null && files.size < provided.maxFiles.toInt()
        return Page(
            title = at.say(state.paper.title),
            blocks = listOfNotNull(
                state.paper.help?.let { Words(at.say(it)) },
                provided?.let { Words(at.text(R.string.how_many_files, it.minFiles.toInt(), it.maxFiles.toInt()), muted = true) },
            ) + pictures(files, state) + if (files.isEmpty()) listOf(Banner(Tone.PLAIN, at.text(R.string.how_to_photograph), at.text(R.string.how_to_photograph_words))) else emptyList(),
            main = if (more) Action(at.text(R.string.photograph), R.drawable.ic_camera) { at.pick(Source.CAMERA) } else Action(at.text(R.string.done)) { at.back() },
            second = if (more) Action(at.text(R.string.choose_file), R.drawable.ic_image) { at.pick(Source.FILES) } else null,
        )
    }

    private fun pictures(files: List<AttachmentView>, state: State): List<Block> = files.mapIndexed { index, file ->
        val size = android.text.format.Formatter.formatShortFileSize(at.context, file.size.toLong())
        Paper(
            at.text(R.string.photo_number, index + 1), size, state.pictures[file.attachmentId],
            listOf(
                Action(at.text(R.string.take_again), R.drawable.ic_camera) { at.pick(Source.CAMERA, file.attachmentId) },
                Action(at.text(R.string.take_out)) { at.act { me.drafts.detach(file.attachmentId) } },
            ),
        )
    }

    /** The new one first, so that the old one is still there if the new one cannot be taken; but not where there is no room for both. */
    override suspend fun picked(path: String, instead: String?) {
        val (files, provided) = filesOf(load().paper.resolution)
        val room = provided != null && files.size < provided.maxFiles.toInt()
        if (!room) instead?.let(me.drafts::detach)
        me.drafts.attach(draft, requirement, path)
        if (room) instead?.let(me.drafts::detach)
    }
}

/** Everything as it was asked, before it is sent: what will happen, and by when. */
class ReviewScreen(at: Here, private val id: String) : Screen<DraftView>(at) {
    override suspend fun load(): DraftView = me.drafts.show(id)

    override fun view(state: DraftView) = Page(
        title = at.text(R.string.review),
        blocks = needed(at, state) + concern(at, state) + answers(at, state) + papers(state) + delivery(state) + Push(Action(at.text(R.string.throw_away)) { throwAway() }, bad = true),
        main = if (state.needed.isEmpty()) Action(at.text(R.string.file), R.drawable.ic_outbox) { file() }
        else Action(at.text(R.string.go_on_filling)) { at.replace("form/$id/0") },
        second = if (state.needed.isEmpty()) Action(at.text(R.string.change_answers)) { at.replace("form/$id/0") } else null,
    )

    private fun file() = at.act({ me.drafts.submit(id); at.sendLater() }) { at.replace("outbox") }

    private fun papers(state: DraftView): List<Block> {
        val lines = state.requirements.map { paper -> paperLine(at, paper) { at.go("paper/$id/${paper.requirementId}") } }
        val words = state.declarations.map { agreement(at, id, it) }
        return (if (lines.isEmpty()) emptyList() else listOf(Heading(at.text(R.string.papers)))) + lines + words
    }

    private fun delivery(state: DraftView): List<Block> {
        if (state.deliveryChoices.isEmpty()) return emptyList()
        val options = state.deliveryChoices.map { citizen.app.design.Option(it.name, at.text(deliveryName(it)), it == state.delivery) }
        val ask = citizen.app.design.AskChoice("delivery", About(at.text(R.string.delivery)), options, several = false) { name ->
            at.act { me.drafts.chooseDelivery(id, citizen.core.DeliveryChoice.valueOf(name)) }
        }
        return listOf(ask)
    }

    private fun throwAway() = at.confirm(at.text(R.string.throw_away), at.text(R.string.throw_away_words), at.text(R.string.throw_away)) {
        at.act({ me.drafts.discard(id) }) { at.reset("home") }
    }
}
