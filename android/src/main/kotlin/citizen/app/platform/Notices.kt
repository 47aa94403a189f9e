package citizen.app.platform

import android.app.Notification
import android.app.NotificationChannel
import android.app.NotificationManager
import android.app.PendingIntent
import android.content.Context
import android.content.Intent
import citizen.app.MainActivity
import citizen.app.R

/** Says that something is new, and nothing of what it is: a lock screen is read by anyone. */
class Notices(private val context: Context) {
    private val manager = context.getSystemService(NotificationManager::class.java)!!

    fun somethingNew() {
        manager.createNotificationChannel(NotificationChannel(CHANNEL, context.getString(R.string.notices), NotificationManager.IMPORTANCE_DEFAULT))
        val open = PendingIntent.getActivity(context, 0, Intent(context, MainActivity::class.java), PendingIntent.FLAG_IMMUTABLE)
        val notice = Notification.Builder(context, CHANNEL)
            .setSmallIcon(R.drawable.ic_case)
            .setContentTitle(context.getString(R.string.something_new))
            .setContentText(context.getString(R.string.something_new_words))
            .setVisibility(Notification.VISIBILITY_PRIVATE)
            .setContentIntent(open)
            .setAutoCancel(true)
            .build()
        manager.notify(1, notice)
    }

    private companion object {
        const val CHANNEL = "cases"
    }
}
