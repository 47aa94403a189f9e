package citizen.app.harness

import android.content.Intent
import android.net.ConnectivityManager
import android.net.Uri
import android.os.Bundle
import android.os.Looper
import android.view.View
import android.view.ViewGroup
import android.widget.EditText
import android.widget.TextView
import citizen.app.MainActivity
import org.robolectric.Robolectric
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController
import org.robolectric.shadows.ShadowAlertDialog
import java.io.File

/** A phone with the app on it, and a person who sees and taps. */
class Phone(val city: City) {
    private var controller: ActivityController<MainActivity> = start()
    val activity: MainActivity get() = controller.get()
    val app get() = RuntimeEnvironment.getApplication() as TestApp
    val root: View get() = activity.window.decorView

    private fun start(): ActivityController<MainActivity> =
        Robolectric.buildActivity(MainActivity::class.java).setup().also { controller = it; settle() }

    /** Lets everything that was begun come to its end. */
    fun settle() = until("the app is idle") { activity.idle }

    /** Waits for something, with the main thread running. */
    fun until(what: String, holds: () -> Boolean) {
        val end = System.nanoTime() + PATIENCE
        do {
            shadowOf(Looper.getMainLooper()).idle()
            if (holds()) return shadowOf(Looper.getMainLooper()).idle()
            Thread.sleep(2)
        } while (System.nanoTime() < end)
        throw AssertionError("$what: not within the time; the screen says:\n${words().joinToString("\n")}")
    }

    fun views(within: View = root): List<View> =
        listOf(within) + ((within as? ViewGroup)?.let { group -> (0 until group.childCount).flatMap { views(group.getChildAt(it)) } } ?: emptyList())

    private fun shown() = views().filter { it.isShown }

    /** Every word on the screen, from top to bottom. */
    fun words(): List<String> = shown().filterIsInstance<TextView>().map { it.text.toString() }.filter { it.isNotBlank() }

    fun sees(words: String) = words().any { words in it }

    fun mustSee(words: String) = until("“$words” is on the screen") { sees(words) }

    /** Taps what bears these words. */
    fun tap(words: String) {
        until("“$words” can be tapped") { find(words) != null }
        find(words)!!.performClick()
        settle()
    }

    /** Taps what bears these words in one question. */
    fun tapIn(key: String, words: String) {
        val ask = shown().first { it.tag == key }
        checkNotNull(find(words, ask)) { "no “$words” in $key" }.performClick()
        settle()
    }

    /** Writes into the question that stands in front of everything, and agrees. */
    fun say(words: String) {
        val dialog = ShadowAlertDialog.getLatestAlertDialog()
        views(dialog.window!!.decorView).filterIsInstance<EditText>().first().setText(words)
        confirm()
    }

    /** The camera gives back what it has taken. */
    fun camera(photo: File) {
        photo.copyTo(citizen.app.platform.CaptureProvider.file(app), overwrite = true)
        shadowOf(activity).callOnActivityResult(1, android.app.Activity.RESULT_OK, null)
        settle()
    }

    private fun find(words: String, within: View = root): View? {
        val bearing = views(within).filter { it.isShown }.filter { (it as? TextView)?.text?.contains(words) == true && it !is EditText || it.contentDescription == words || it.tag == words }
        return bearing.firstNotNullOfOrNull { view -> generateSequence(view) { it.parent as? View }.firstOrNull { it.isClickable } }
    }

    /** Types into the field of a question. */
    fun type(key: String, text: String) {
        field(key).apply { requestFocus(); setText(text); setSelection(length()) }
        settle()
    }

    fun field(key: String): EditText = shown().first { it.tag == key }.let { ask -> views(ask).first { it is EditText } as EditText }

    fun pin(digits: String) = digits.forEach { tap(it.toString()) }

    /** Answers the question that stands in front of everything. */
    fun confirm() {
        ShadowAlertDialog.getLatestAlertDialog().getButton(android.app.AlertDialog.BUTTON_POSITIVE).performClick()
        settle()
    }

    /** Chooses a file for the intent that the app has sent. */
    fun choose(file: File) {
        val asked = shadowOf(activity).nextStartedActivityForResult
        val uri = Uri.parse("content://test.papers/${file.name}")
        shadowOf(app.contentResolver).registerInputStreamSupplier(uri) { file.inputStream() }
        controller.get().let { shadowOf(it).receiveResult(asked.intent, android.app.Activity.RESULT_OK, Intent().setData(uri)) }
        settle()
    }

    /** Chooses where a file shall go, and gives what was written there. */
    fun saves(): String {
        val asked = shadowOf(activity).nextStartedActivityForResult
        check(asked.intent.action == Intent.ACTION_CREATE_DOCUMENT)
        val (uri, out) = Uri.parse("content://test.documents/${asked.intent.getStringExtra(Intent.EXTRA_TITLE)}") to java.io.ByteArrayOutputStream()
        shadowOf(app.contentResolver).registerOutputStream(uri, out)
        shadowOf(activity).receiveResult(asked.intent, android.app.Activity.RESULT_OK, Intent().setData(uri))
        settle()
        return out.toString()
    }

    /** What stands in front of everything says these words. */
    fun dialog(): String = shadowOf(ShadowAlertDialog.getLatestAlertDialog()).run { "$title\n$message" }

    /** Signs in as far as the PIN: the browser is a walk through the city's real pages. */
    fun beginSignIn(idNumber: String) {
        tap(activity.getString(citizen.app.R.string.sign_in_go))
        val opened = shadowOf(activity).nextStartedActivity
        check(opened.action == Intent.ACTION_VIEW)
        val back = Browser(city, idNumber).walk(opened.dataString!!)
        opened(Intent(Intent.ACTION_VIEW, Uri.parse(back)))
    }

    /** Another app opens this one. */
    fun opened(intent: Intent) {
        controller.newIntent(intent)
        settle()
    }

    fun leaves() { controller.pause().stop() }

    fun comesBack() {
        controller.restart().start().resume()
        settle()
    }

    fun back() {
        @Suppress("DEPRECATION")
        activity.onBackPressed()
        settle()
    }

    fun toHome() {
        activity.reset("home")
        settle()
    }

    /** Chooses a day in the calendar that has opened. */
    fun chooseDay(year: Int, month: Int, day: Int) {
        val calendar = org.robolectric.shadows.ShadowDialog.getLatestDialog() as android.app.DatePickerDialog
        calendar.updateDate(year, month - 1, day)
        calendar.getButton(android.app.AlertDialog.BUTTON_POSITIVE).performClick()
        settle()
    }

    /** The network comes or goes, for the app and for the platform. */
    fun network(there: Boolean) {
        city.network.there = there
        val manager = app.getSystemService(ConnectivityManager::class.java)!!
        val network = org.robolectric.shadows.ShadowNetwork.newInstance(1)
        shadowOf(manager).networkCallbacks.forEach { if (there) it.onAvailable(network) else it.onLost(network) }
        settle()
    }

    /** The system ends the process in the background, and the person comes back. */
    fun diesAndReturns() = returns(dies())

    /** The system ends the process; what it keeps of the activity is given. */
    fun dies(): Bundle {
        val kept = Bundle()
        controller.saveInstanceState(kept).pause().stop().destroy()
        app.dies()
        return kept
    }

    fun returns(kept: Bundle) {
        controller = Robolectric.buildActivity(MainActivity::class.java).setup(kept)
        settle()
    }

    fun turns(change: () -> Unit) {
        val kept = Bundle()
        controller.saveInstanceState(kept).pause().stop().destroy()
        change()
        controller = Robolectric.buildActivity(MainActivity::class.java).setup(kept)
        settle()
    }

    fun close() {
        controller.pause().stop().destroy()
        app.core.shutdown()
    }

    private companion object {
        /** A deadline, not a wait: machines that do other things are slow. */
        const val PATIENCE = 120_000_000_000L
    }
}
