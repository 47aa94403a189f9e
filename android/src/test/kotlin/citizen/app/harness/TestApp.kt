package citizen.app.harness

import citizen.app.App
import citizen.app.bridge.Core
import citizen.core.SoftwareVault
import java.io.File

/** The app with a city of the test's, and a vault of software: Robolectric has no Keystore. */
class TestApp : App() {
    override val city get() = cityUrl
    private val software by lazy { SoftwareVault.open(File(filesDir, "vault").path) }
    override fun vault() = software
    override fun deviceKeys() = software

    override fun makeCore(): Core = CountedCore(::openCore)

    /** How often the shell has called the core since this process began. */
    val crossings get() = (core as CountedCore).crossings.get()

    /** The process ends and another begins: nothing that was in memory is there. */
    fun dies() {
        core.shutdown()
        held = makeCore()
    }

    companion object {
        lateinit var cityUrl: String
    }
}
