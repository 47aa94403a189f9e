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

    /** The process ends and another begins: nothing that was in memory is there. */
    fun dies() {
        core.shutdown()
        core = Core(::openCore)
    }

    companion object {
        lateinit var cityUrl: String
    }
}
