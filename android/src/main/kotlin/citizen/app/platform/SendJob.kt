package citizen.app.platform

import android.app.NotificationManager
import android.app.job.JobInfo
import android.app.job.JobParameters
import android.app.job.JobScheduler
import android.content.ComponentName
import android.content.Context
import android.net.NetworkCapabilities
import android.net.NetworkRequest
import citizen.app.App

/** Sends what a person has just filed while they do other things, with a lasting notice of how far it is. From Android 14 on. */
class SendJob : SyncJob() {
    private val core get() = (application as App).core

    override fun onStartJob(params: JobParameters): Boolean {
        setNotification(params, Notices.SEND, notice(), JOB_END_NOTIFICATION_POLICY_REMOVE)
        val manager = getSystemService(NotificationManager::class.java)!!
        core.watched = { manager.notify(Notices.SEND, notice()) }
        return super.onStartJob(params).also { begun -> if (!begun) ended() }
    }

    override fun ended() { core.watched = {} }

    private fun notice() = core.sending.values.run { Notices(this@SendJob).sending(sumOf { it.sent.toLong() }, sumOf { it.total.toLong() }) }

    companion object {
        const val JOB = 2

        /** Only while the person looks at the app does the system take such a job. */
        fun schedule(context: Context, bytes: Long) {
            val network = NetworkRequest.Builder().addCapability(NetworkCapabilities.NET_CAPABILITY_INTERNET).build()
            val job = JobInfo.Builder(JOB, ComponentName(context, SendJob::class.java))
                .setUserInitiated(true)
                .setRequiredNetwork(network)
                .setEstimatedNetworkBytes(0, bytes)
                .build()
            context.getSystemService(JobScheduler::class.java)!!.schedule(job)
        }
    }
}
