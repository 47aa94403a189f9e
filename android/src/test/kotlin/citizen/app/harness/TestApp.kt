package citizen.app.harness

import citizen.app.App
import citizen.app.bridge.Core

/** The app with a city of the test's. Its own code seals and signs: only the phone's keystore is in software. */
class TestApp : App() {
    override val city get() = cityUrl
    override fun makeCore(): Core = CountedCore(::openCore)

    /** How often the shell has called the core since this process began. */
    val crossings get() = (core as CountedCore).crossings.get()

    val touches get() = (core as CountedCore).touches.get()

    override fun onCreate() {
        SoftKeystore.install()
        super.onCreate()
    }

    /** The process ends and another begins: nothing that was in memory is there. */
    fun dies() {
        core.shutdown()
        held = makeCore()
    }

    companion object {
        lateinit var cityUrl: String
    }
}
