package citizen.app.platform

import android.content.Context
import android.speech.tts.TextToSpeech
import java.util.Locale

/** Reads a screen aloud with the phone's own voice. */
class ReadAloud(private val context: Context) {
    private var voice: TextToSpeech? = null

    fun read(words: String, language: Locale) {
        val ready = voice
        if (ready != null) {
            ready.language = language
            ready.speak(words, TextToSpeech.QUEUE_FLUSH, null, "screen")
            return
        }
        voice = TextToSpeech(context) { status -> if (status == TextToSpeech.SUCCESS) read(words, language) }
    }

    fun stop() {
        voice?.shutdown()
        voice = null
    }
}
