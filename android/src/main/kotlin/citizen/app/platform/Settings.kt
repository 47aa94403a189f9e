package citizen.app.platform

import android.content.Context
import android.content.res.Configuration
import java.util.Locale

/** What a person set for the app itself. Nothing personal. */
class Settings(context: Context) {
    private val kept = context.getSharedPreferences("settings", Context.MODE_PRIVATE)

    /** Whether the person agreed to what the app does; before that, nothing leaves the phone. */
    var consent by Flag("consent")

    /** Larger text, larger targets, one question a page. */
    var elder by Flag("elder")

    /** The language of the app: `zh`, `en`, or nothing, which is that of the phone. */
    var language: String
        get() = kept.getString("language", "").orEmpty()
        set(value) = kept.edit().putString("language", value).apply()

    /** After how many minutes out of sight the app locks itself. */
    var lockAfter: Int
        get() = kept.getInt("lock_after", FIVE)
        set(value) = kept.edit().putInt("lock_after", value).apply()

    /** A context that speaks the language that was chosen. */
    fun speaking(context: Context): Context {
        if (language.isEmpty()) return context
        val there = Configuration(context.resources.configuration).apply { setLocale(Locale.forLanguageTag(if (language == "zh") "zh-CN" else language)) }
        return context.createConfigurationContext(there)
    }

    private companion object {
        const val FIVE = 5
    }

    private inner class Flag(private val name: String) {
        operator fun getValue(settings: Settings, property: Any?): Boolean = kept.getBoolean(name, false)
        operator fun setValue(settings: Settings, property: Any?, value: Boolean) = kept.edit().putBoolean(name, value).apply()
    }
}
