// Stands in for androidx.test:monitor: keeps the stages that Robolectric signals.
package androidx.test.internal.runner.lifecycle

import android.app.Activity
import android.app.Application
import androidx.test.runner.lifecycle.ActivityLifecycleCallback
import androidx.test.runner.lifecycle.ActivityLifecycleMonitor
import androidx.test.runner.lifecycle.ApplicationLifecycleMonitor
import androidx.test.runner.lifecycle.ApplicationStage
import androidx.test.runner.lifecycle.Stage
import java.util.WeakHashMap

class ActivityLifecycleMonitorImpl : ActivityLifecycleMonitor {
    private val stages = WeakHashMap<Activity, Stage>()
    private val callbacks = LinkedHashSet<ActivityLifecycleCallback>()

    fun signalLifecycleChange(stage: Stage, activity: Activity) {
        val told = synchronized(this) { stages[activity] = stage; callbacks.toList() }
        told.forEach { it.onActivityLifecycleChanged(activity, stage) }
    }

    @Synchronized
    override fun addLifecycleCallback(callback: ActivityLifecycleCallback) { callbacks += callback }

    @Synchronized
    override fun removeLifecycleCallback(callback: ActivityLifecycleCallback) { callbacks -= callback }

    @Synchronized
    override fun getLifecycleStageOf(activity: Activity): Stage? = stages[activity]

    @Synchronized
    override fun getActivitiesInStage(stage: Stage): Collection<Activity> = stages.filterValues { it == stage }.keys.toList()
}

class ApplicationLifecycleMonitorImpl : ApplicationLifecycleMonitor {
    fun signalLifecycleChange(application: Application?, stage: ApplicationStage?) = Unit
}
