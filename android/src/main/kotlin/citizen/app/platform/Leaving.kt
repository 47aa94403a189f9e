package citizen.app.platform

import android.content.Context
import android.content.Intent
import android.net.Uri
import java.io.File
import java.util.UUID

/** A file that leaves the app, to a place that the person chooses. */
object Leaving {
    fun intent(name: String): Intent = Intent(Intent.ACTION_CREATE_DOCUMENT)
        .addCategory(Intent.CATEGORY_OPENABLE)
        .setType("text/html")
        .putExtra(Intent.EXTRA_TITLE, name)

    /** Has a file of the app's own written and passes it on. What is on the way is deleted whatever happens. */
    suspend fun write(context: Context, to: Uri, write: suspend (path: String) -> Unit) {
        val file = File(folder(context).apply { mkdirs() }, UUID.randomUUID().toString())
        try {
            write(file.path)
            checkNotNull(context.contentResolver.openOutputStream(to, "wt")).use { out -> file.inputStream().use { it.copyTo(out) } }
        } finally {
            file.delete()
        }
    }

    /** Deletes what a process left on the way when it ended. */
    fun clear(context: Context) {
        folder(context).deleteRecursively()
    }

    private fun folder(context: Context) = File(context.noBackupFilesDir, "leaving")
}
