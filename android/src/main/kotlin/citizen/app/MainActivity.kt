package citizen.app

import android.app.Activity
import android.app.AlertDialog
import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.view.WindowManager
import android.widget.EditText
import citizen.app.bridge.Here
import citizen.app.bridge.LOCKED as LOCKED_BY_CORE
import citizen.app.bridge.Place
import citizen.app.bridge.Source
import citizen.app.bridge.name
import citizen.app.bridge.say
import citizen.app.design.Acting
import citizen.app.design.Action
import citizen.app.design.Look
import citizen.app.design.Page
import citizen.app.design.PageView
import citizen.app.platform.CaptureProvider
import citizen.app.platform.Leaving
import citizen.app.platform.Notices
import citizen.app.platform.Picking
import citizen.app.platform.ReadAloud
import citizen.app.platform.Settings
import citizen.app.screens.Screen
import citizen.app.screens.screenOf
import citizen.app.screens.troublePage
import citizen.app.screens.wayOut
import citizen.core.CitizenException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.MainScope
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import java.util.Locale

/** The one activity: a stack of screens by name, drawn one at a time. What it keeps for itself is where the person is. */
class MainActivity : Activity(), Here {
    private val scope: CoroutineScope = MainScope()
    private val order = Mutex()
    private val aloud by lazy { ReadAloud(this) }
    private val stack = ArrayList<String>()
    private val screens = HashMap<String, Screen<*>>()
    private var pageView: PageView? = null
    private var focus: String? = null
    private var picking: Source? = null
    private var instead: String? = null
    private var saving: Saving? = null
    private var brought: Intent? = null
    private var work: Job? = null
    private var redrawing = false
    private val app get() = application as App

    override val context: Context get() = this
    override val core get() = app.core
    override val settings get() = app.settings

    /** Whether nothing is being done; tests wait for it. */
    val idle: Boolean get() = work?.isActive != true

    override fun onCreate(saved: Bundle?) {
        super.onCreate(saved)
        stack += saved?.getStringArrayList(STACK) ?: arrayListOf(START)
        focus = saved?.getString(FOCUS)
        picking = saved?.getString(PICKING)?.let(Source::valueOf)
        saved?.getString(WHOSE)?.let { if (core.place.whose == null) core.place = Place(it, saved.getString(HELPING)) }
        instead = saved?.getString(INSTEAD)
        @Suppress("DEPRECATION")
        brought = saved?.getParcelable(BROUGHT)
        take(intent)
        draw()
    }

    override fun attachBaseContext(base: Context) = super.attachBaseContext(Settings(base).speaking(base))

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        if (take(intent)) redraw()
    }

    override fun onStart() {
        super.onStart()
        listen()
        redraw()
    }

    /** Hears what the core tells while the app is looked at. */
    private fun listen() {
        core.changed = { runOnUiThread { if (!screen().writing) redraw() } }
        core.progressed = { runOnUiThread { if (screen().showsProgress) redraw() } }
        core.news = {}
    }

    override fun onStop() {
        core.changed = {}
        core.progressed = {}
        core.news = { app.tellSomethingNew() }
        // Where the app itself has sent the person elsewhere, they come back to the very place.
        if (settings.lockAtOnce && picking == null && saving == null && !core.signingIn) core.lock()
        aloud.stop()
        super.onStop()
    }

    override fun onUserInteraction() = core.touched()

    override fun onDestroy() {
        scope.cancel()
        super.onDestroy()
    }

    override fun onSaveInstanceState(out: Bundle) {
        super.onSaveInstanceState(out)
        out.putStringArrayList(STACK, stack)
        out.putString(FOCUS, pageView?.focused ?: focus)
        out.putString(PICKING, picking?.name)
        out.putString(WHOSE, core.place.whose)
        out.putString(HELPING, core.place.helping)
        out.putString(INSTEAD, instead)
        out.putParcelable(BROUGHT, brought)
    }

    /** The browser coming back from a sign-in that was begun here. Any app can send such an address: unasked for, it changes nothing. */
    private fun take(intent: Intent): Boolean {
        val address = intent.data?.takeIf { intent.action == Intent.ACTION_VIEW } ?: return false
        intent.data = null
        if (address.scheme != SCHEME || address.path != PATH || address.host != null) return false
        if (!core.signingIn) {
            confirm(text(R.string.sign_in_lost), text(R.string.sign_in_lost_words), "") {}
            return false
        }
        core.cameBack = address.toString()
        if (stack.last() != PIN) stack += PIN
        return true
    }

    /** What is shown: where the person is, unless the app is locked. */
    private fun screen(): Screen<*> {
        val wanted = screens.getOrPut(stack.last()) { screenOf(stack.last(), this) }
        if (!wanted.needsPerson || core.person != null) return wanted
        return screens.getOrPut(LOCKED) { screenOf(LOCKED, this) }
    }

    /** Once for all that ask for it before it begins. */
    override fun redraw() {
        if (redrawing) return
        redrawing = true
        launch { redrawing = false; draw(screen()) }
    }

    private fun draw() {
        val look = Look(this, settings.elder)
        pageView = PageView(look, ::back) { aloud.read(pageView?.spoken.orEmpty(), Locale.forLanguageTag(text(R.string.language))) }
        setContentView(pageView)
    }

    private suspend fun <S : Any> draw(screen: Screen<S>) {
        val page = page(screen).let { if (core.online) it else it.copy(offline = it.offline ?: text(R.string.offline)) }
            .let { if (settings.elder && it.readAloud == null) it.copy(readAloud = text(R.string.read_aloud)) else it }
            .copy(acting = core.helped?.let { Acting(text(R.string.acting_for, it), Action(text(R.string.act_for_myself)) { actForOneself() }) })
        dress(page)
        pageView?.show(page, screen, focus)
        // While the app is locked the field waits.
        if (screen.needsPerson) focus = null
        bringIn()
    }

    /** What a screen shows; where it cannot be read, why, and the way out. */
    private suspend fun <S : Any> page(screen: Screen<S>): Page = try {
        screen.view(withContext(Dispatchers.IO) { screen.load() })
    } catch (error: CitizenException) {
        if (error.name != LOCKED_BY_CORE || core.person == null) troublePage(this, error, stack.size > 1)
        else { core.forget(); page(screen()) }
    }

    private fun actForOneself() {
        core.actForOneself()
        reset(HOME)
    }

    /** What the window is to be for a page. Each change has the system lay it out anew, so only changes are made. */
    private fun dress(page: Page) {
        if (title != page.title) title = page.title
        val secure = if (page.personal) WindowManager.LayoutParams.FLAG_SECURE else 0
        if (window.attributes.flags and WindowManager.LayoutParams.FLAG_SECURE != secure) window.setFlags(secure, WindowManager.LayoutParams.FLAG_SECURE)
        val brightness = if (page.bright) 1f else WindowManager.LayoutParams.BRIGHTNESS_OVERRIDE_NONE
        if (window.attributes.screenBrightness != brightness) window.attributes = window.attributes.apply { screenBrightness = brightness }
    }

    override fun act(work: suspend () -> Unit) = act(work) {}

    override fun beginAnew() {
        app.beginAnew()
        listen()
        reset(START)
    }

    override fun <T> act(work: suspend () -> T, then: (T) -> Unit) = launch {
        val done = withContext(Dispatchers.IO) { core.touched(); work() }
        then(done)
        draw(screen())
    }

    /** One thing after another, in the order the person did them; what fails is said and the screen shown as it is. */
    private fun launch(doing: suspend () -> Unit) {
        val before = work
        work = scope.launch {
            before?.join()
            order.withLock {
                try {
                    doing()
                } catch (error: CitizenException) {
                    failed(error)
                }
            }
        }
    }

    /** What was locked meanwhile is opened again by the PIN; everything else is said. */
    private suspend fun failed(error: CitizenException) {
        if (error.name == LOCKED_BY_CORE) core.forget() else {
            val (reason, action) = say(error)
            val out = wayOut(this, error)
            confirm(reason, action, out?.label.orEmpty()) { out?.does?.invoke() }
        }
        draw(screen())
    }

    override fun go(route: String) { stack += route; screens.remove(route); redraw() }
    override fun replace(route: String) { screens.remove(stack.removeAt(stack.lastIndex)); go(route) }
    override fun reset(route: String) { stack.clear(); screens.clear(); go(route) }

    override fun back() {
        if (stack.size == 1) return finish()
        screens.remove(stack.removeAt(stack.lastIndex))
        redraw()
    }

    @Suppress("OVERRIDE_DEPRECATION")
    override fun onBackPressed() = back()

    /** Draws everything anew, as after the size of type was changed. */
    fun dressAnew() { draw(); redraw() }

    override fun confirm(title: String, words: String, button: String, does: () -> Unit) {
        val dialog = AlertDialog.Builder(this).setTitle(title).setMessage(words)
        if (button.isNotEmpty()) dialog.setPositiveButton(button) { _, _ -> does() }
        dialog.setNegativeButton(if (button.isEmpty()) R.string.understood else R.string.leave) { _, _ -> }.show()
    }

    override fun askWords(title: String, hint: String, button: String, done: (String) -> Unit) {
        val input = EditText(this).apply { this.hint = hint; minLines = 2 }
        AlertDialog.Builder(this).setTitle(title).setView(input)
            .setPositiveButton(button) { _, _ -> done(input.text.toString()) }
            .setNegativeButton(R.string.leave) { _, _ -> }.show()
    }

    override fun browse(address: String) = try {
        startActivity(Intent(Intent.ACTION_VIEW, Uri.parse(address)))
    } catch (_: ActivityNotFoundException) {
        confirm(text(R.string.no_browser), "", "") {}
    }

    override fun sendLater() {
        app.sendLater()
        runOnUiThread { Notices(this).ask(this) }
    }

    override fun pick(source: Source, instead: String?) {
        picking = source
        this.instead = instead
        CaptureProvider.file(this).delete()
        try {
            startActivityForResult(Picking.intent(source), PICK)
        } catch (_: ActivityNotFoundException) {
            confirm(text(R.string.no_picker), "", "") {}
        }
    }

    override fun save(name: String, write: suspend (path: String) -> Unit, done: () -> Unit) {
        saving = Saving(write, done)
        try {
            startActivityForResult(Leaving.intent(name), SAVE)
        } catch (_: ActivityNotFoundException) {
            saving = null
            confirm(text(R.string.no_picker), "", "") {}
        }
    }

    /** A process that ended meanwhile has forgotten what was to be written: then the place stays empty, and nothing is said to be there. */
    private fun bringOut(to: Uri?) {
        val (write, done) = saving ?: return
        saving = null
        if (to == null) return
        act({ Leaving.write(this, to, write) }) { done() }
    }

    override fun onActivityResult(request: Int, result: Int, data: Intent?) {
        super.onActivityResult(request, result, data)
        if (request == SAVE) return bringOut(data?.data?.takeIf { result == RESULT_OK })
        if (request == PICK && result == RESULT_OK) brought = data ?: Intent()
        bringIn()
    }

    /** Gives what was picked to the screen that asked; a camera may have cost the process its life, and then the PIN comes first. */
    private fun bringIn() {
        val (source, data) = (picking ?: return) to (brought ?: return)
        if (core.person == null) return
        val screen = screen()
        val instead = instead
        picking = null
        brought = null
        act {
            val file = Picking.bringIn(this, source, data) ?: return@act
            try { screen.picked(file.path, instead) } finally { file.delete() }
        }
    }

    private companion object {
        const val STACK = "stack"
        const val FOCUS = "focus"
        const val PICKING = "picking"
        const val INSTEAD = "instead"
        const val BROUGHT = "brought"
        const val WHOSE = "whose"
        const val HELPING = "helping"
        const val START = "start"
        const val HOME = "home"
        const val PIN = "pin"
        const val SCHEME = "citizen-app"
        const val PATH = "/callback"
        const val LOCKED = "locked"
        const val PICK = 1
        const val SAVE = 2
    }
}

/** What is written once the person has said where to. */
private data class Saving(val write: suspend (path: String) -> Unit, val done: () -> Unit)
