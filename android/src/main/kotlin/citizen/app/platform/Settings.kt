package citizen.app.platform

import android.content.Context

/** What a person set for the app itself. Nothing personal. */
class Settings(context: Context) {
    private val kept = context.getSharedPreferences("settings", Context.MODE_PRIVATE)

    /** Whether the person agreed to what the app does; before that, nothing leaves the phone. */
    var consent by Flag("consent")

    /** Larger text, larger targets, one question a page. */
    var elder by Flag("elder")

    private inner class Flag(private val name: String) {
        operator fun getValue(settings: Settings, property: Any?): Boolean = kept.getBoolean(name, false)
        operator fun setValue(settings: Settings, property: Any?, value: Boolean) = kept.edit().putBoolean(name, value).apply()
    }
}
