package citizen.app.platform

import android.content.Context
import android.content.Intent
import android.net.Uri
import android.provider.MediaStore
import android.provider.OpenableColumns
import citizen.app.bridge.Source
import java.io.File

/** The platform's own camera and file picker, and bringing in what they give. */
object Picking {
    fun intent(source: Source): Intent = when (source) {
        Source.CAMERA -> Intent(MediaStore.ACTION_IMAGE_CAPTURE)
            .putExtra(MediaStore.EXTRA_OUTPUT, CaptureProvider.URI)
            .addFlags(Intent.FLAG_GRANT_WRITE_URI_PERMISSION)
        Source.FILES -> Intent(Intent.ACTION_OPEN_DOCUMENT)
            .addCategory(Intent.CATEGORY_OPENABLE)
            .setType("*/*")
            .putExtra(Intent.EXTRA_MIME_TYPES, arrayOf("image/*", "application/pdf"))
    }

    /** Copies what was chosen to a file of the app's own; the caller removes it once the core has it. */
    fun bringIn(context: Context, source: Source, data: Intent?): File? = when (source) {
        Source.CAMERA -> CaptureProvider.file(context).takeIf { it.length() > 0 }
        Source.FILES -> data?.data?.let { copy(context, it) }
    }

    private fun copy(context: Context, from: Uri): File? {
        val folder = File(context.noBackupFilesDir, "picked").apply { mkdirs() }
        val file = File(folder, name(context, from))
        val input = context.contentResolver.openInputStream(from) ?: return null
        input.use { source -> file.outputStream().use { source.copyTo(it) } }
        return file
    }

    private fun name(context: Context, from: Uri): String {
        val said = context.contentResolver.query(from, arrayOf(OpenableColumns.DISPLAY_NAME), null, null, null)?.use {
            if (it.moveToFirst()) it.getString(0) else null
        }
        return File(said ?: from.lastPathSegment ?: "file").name
    }
}
