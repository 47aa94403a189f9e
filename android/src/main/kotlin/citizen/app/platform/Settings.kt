package citizen.app.platform

import android.content.Context
import android.content.res.Configuration
import java.util.Locale

/** What a person set for the app itself. Nothing personal. */
class Settings(context: Context) {
    private val kept = context.getSharedPreferences("settings", Context.MODE_PRIVATE)

    /** Larger text, larger targets, one question a page. */
    var elder by Flag("elder")

    /** The language of the app: `zh`, `en`, or nothing, which is that of the phone. */
    var language: String
        get() = kept.getString("language", "").orEmpty()
        set(value) = kept.edit().putString("language", value).apply()

    /** Whether the app locks as soon as it is out of sight. */
    var lockAtOnce by Flag("lock_at_once")

    /** A context that speaks the language that was chosen. */
    fun speaking(context: Context): Context {
        if (language.isEmpty()) return context
        val there = Configuration(context.resources.configuration).apply { setLocale(Locale.forLanguageTag(if (language == "zh") "zh-CN" else language)) }
        return context.createConfigurationContext(there)
    }

    private inner class Flag(private val name: String) {
        operator fun getValue(settings: Settings, property: Any?): Boolean = kept.getBoolean(name, false)
        operator fun setValue(settings: Settings, property: Any?, value: Boolean) = kept.edit().putBoolean(name, value).apply()
    }
}
