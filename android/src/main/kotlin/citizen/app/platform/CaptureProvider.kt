package citizen.app.platform

import android.content.ContentProvider
import android.content.ContentValues
import android.content.Context
import android.net.Uri
import android.os.ParcelFileDescriptor
import java.io.File

/** Lends the camera one file to write a photograph into; nothing else can be reached through it. */
class CaptureProvider : ContentProvider() {
    override fun openFile(uri: Uri, mode: String): ParcelFileDescriptor =
        ParcelFileDescriptor.open(file(context!!), ParcelFileDescriptor.parseMode(mode))

    override fun onCreate() = true
    override fun getType(uri: Uri) = "image/jpeg"
    override fun query(uri: Uri, columns: Array<String>?, where: String?, values: Array<String>?, order: String?) = null
    override fun insert(uri: Uri, values: ContentValues?) = null
    override fun delete(uri: Uri, where: String?, values: Array<String>?) = 0
    override fun update(uri: Uri, values: ContentValues?, where: String?, args: Array<String>?) = 0

    companion object {
        val URI: Uri = Uri.parse("content://citizen.app.capture/photo")
        fun file(context: Context) = File(context.noBackupFilesDir, "photo.jpg")
    }
}
