package citizen.app.platform

import android.Manifest
import android.app.Activity
import android.app.Notification
import android.app.NotificationChannel
import android.app.NotificationManager
import android.app.PendingIntent
import android.content.Context
import android.content.Intent
import android.os.Build
import citizen.app.MainActivity
import citizen.app.R

/** Says that something is new or on its way, and nothing of what it is: a lock screen is read by anyone. */
class Notices(private val context: Context) {
    private val manager = context.getSystemService(NotificationManager::class.java)!!

    fun somethingNew() {
        val notice = builder(NEWS, R.string.notices, NotificationManager.IMPORTANCE_DEFAULT)
            .setSmallIcon(R.drawable.ic_case)
            .setContentTitle(context.getString(R.string.something_new))
            .setContentText(context.getString(R.string.something_new_words))
            .setAutoCancel(true)
        manager.notify(NEW, locked(notice).build())
    }

    /** The lasting notice of what is being sent, with how much of it the city has. */
    fun sending(sent: Long, total: Long): Notification {
        val notice = builder(SENDING, R.string.notices_sending, NotificationManager.IMPORTANCE_LOW)
            .setSmallIcon(R.drawable.ic_outbox)
            .setContentTitle(context.getString(R.string.sending_papers))
            .setContentText(context.getString(R.string.outbox_words))
            .setProgress(STEPS, if (total == 0L) 0 else (sent * STEPS / total).toInt(), total == 0L)
            .setOngoing(true)
        return locked(notice).build()
    }

    /** Asks whether notices may be shown, where the system wants that asked: once there is something to be told of. */
    fun ask(activity: Activity) {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU && !manager.areNotificationsEnabled()) {
            activity.requestPermissions(arrayOf(Manifest.permission.POST_NOTIFICATIONS), 0)
        }
    }

    private fun builder(channel: String, name: Int, importance: Int): Notification.Builder {
        manager.createNotificationChannel(NotificationChannel(channel, context.getString(name), importance))
        val open = PendingIntent.getActivity(context, 0, Intent(context, MainActivity::class.java), PendingIntent.FLAG_IMMUTABLE)
        return Notification.Builder(context, channel).setContentIntent(open).setVisibility(Notification.VISIBILITY_PRIVATE)
    }

    /** What stands on a locked screen: the name of the app, and that it has something to say. */
    private fun locked(notice: Notification.Builder): Notification.Builder {
        val plain = notice.build()
        val public = Notification.Builder(context, plain.channelId)
            .setSmallIcon(R.drawable.ic_case)
            .setContentTitle(context.getString(R.string.app_name))
            .setContentText(context.getString(R.string.something_new_words))
        return notice.setPublicVersion(public.build())
    }

    companion object {
        const val NEWS = "cases"
        const val SENDING = "sending"
        const val NEW = 1
        const val SEND = 2
        private const val STEPS = 1000
    }
}
