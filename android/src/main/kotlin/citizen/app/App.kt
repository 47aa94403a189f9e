package citizen.app

import android.app.Application
import android.app.NotificationManager
import android.app.job.JobScheduler
import android.os.Build
import citizen.app.bridge.Core
import citizen.app.platform.KeystoreKeys
import citizen.app.platform.KeystoreRoots
import citizen.app.platform.KeystoreVault
import citizen.app.platform.Leaving
import citizen.app.platform.Network
import citizen.app.platform.Notices
import citizen.app.platform.SendJob
import citizen.app.platform.Settings
import citizen.app.platform.SyncJob
import citizen.core.CitizenApp
import citizen.core.DeviceKeys
import citizen.core.KeyVault
import citizen.core.OutboxKind
import java.io.File

/** The process: it holds the core, and what the platform tells it. */
open class App : Application() {
    val settings by lazy { Settings(this) }
    val core: Core get() = held
    protected var held = makeCore()

    protected open fun makeCore() = Core(::openCore)

    /** Which city the app belongs to. */
    protected open val city: String get() = getString(R.string.city_address)
    protected open fun vault(): KeyVault = KeystoreVault(this)
    protected open fun deviceKeys(): DeviceKeys = KeystoreKeys(this)

    /** Not backed up, and gone with the app. */
    protected open val dataFolder: File get() = File(noBackupFilesDir, "citizen")

    override fun onCreate() {
        super.onCreate()
        Leaving.clear(this)
        Network(this).follow { there -> core.network(there) }
    }

    /** The core deleted everything and is of no use any more: another one begins, and nothing of before is left to run or to read. */
    fun beginAnew() {
        core.shutdown()
        held = makeCore()
        getSystemService(JobScheduler::class.java)!!.cancelAll()
        getSystemService(NotificationManager::class.java)!!.cancelAll()
        noBackupFilesDir.listFiles()?.forEach { it.deleteRecursively() }
    }

    /** Something came while nobody looked. */
    fun tellSomethingNew() = Notices(this).somethingNew()

    /** Has what a person has just filed sent by the system also while the app is not open. */
    fun sendLater() {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.UPSIDE_DOWN_CAKE) return SyncJob.schedule(this)
        val files = core.person?.outbox?.page(0u, 100u).orEmpty().mapNotNull { it.kind as? OutboxKind.Upload }
        SendJob.schedule(this, files.sumOf { it.size.toLong() })
    }

    protected fun openCore(): CitizenApp {
        val name = "${Build.MANUFACTURER} ${Build.MODEL}".trim()
        return CitizenApp.open(dataFolder.path, city, name, vault(), deviceKeys(), KeystoreRoots())
    }
}
