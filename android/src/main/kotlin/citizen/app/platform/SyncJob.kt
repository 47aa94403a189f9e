package citizen.app.platform

import android.app.job.JobInfo
import android.app.job.JobParameters
import android.app.job.JobScheduler
import android.app.job.JobService
import android.content.ComponentName
import android.content.Context
import citizen.app.App
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancelChildren
import kotlinx.coroutines.launch

/** Has the system wake the app when there is a network, to send what waits. Without an unlocked person there is no key: then it waits. */
open class SyncJob : JobService() {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.IO)

    override fun onStartJob(params: JobParameters): Boolean {
        val core = (application as App).core
        // What is written for somebody waits in an outbox of theirs.
        val people = listOfNotNull(core.own, core.person).distinct().ifEmpty { return false }
        scope.launch {
            val left = people.sumOf { person -> runCatching { person.outbox.networkChanged(); person.outbox.sendNow().waiting.toInt() }.getOrDefault(1) }
            ended()
            jobFinished(params, left > 0)
        }
        return true
    }

    /** The sending belongs to the core: it goes on, or goes on the next time. */
    override fun onStopJob(params: JobParameters): Boolean {
        scope.coroutineContext.cancelChildren()
        ended()
        return true
    }

    /** Nothing more is sent for this job. */
    protected open fun ended() = Unit

    companion object {
        const val JOB = 1

        fun schedule(context: Context) {
            val job = JobInfo.Builder(JOB, ComponentName(context, SyncJob::class.java))
                .setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY)
                .setBackoffCriteria(30_000, JobInfo.BACKOFF_POLICY_EXPONENTIAL)
                .build()
            context.getSystemService(JobScheduler::class.java)!!.schedule(job)
        }
    }
}
