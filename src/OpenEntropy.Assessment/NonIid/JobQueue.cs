using System.Runtime.ExceptionServices;

namespace OpenEntropy.Assessment.NonIid;

/// <summary>Runs jobs in their order, a few at once, on threads of their own; with one at once, on the caller's.</summary>
internal static class JobQueue
{
    /// <summary>Runs them to the end, or until one fails.</summary>
    /// <param name="jobs">The jobs, those that take longest first.</param>
    /// <param name="parallelism">How many at once.</param>
    /// <exception cref="OperationCanceledException">A job was ended by its checkpoint.</exception>
    public static void Run(IReadOnlyList<Action> jobs, int parallelism)
    {
        var next = -1;
        ExceptionDispatchInfo? failure = null;
        var threads = new Thread[Math.Min(parallelism, jobs.Count) - 1];
        for (var i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(Work) { IsBackground = true, Name = "Assessment" };
            threads[i].Start();
        }

        Work();
        Array.ForEach(threads, thread => thread.Join());
        failure?.Throw();

        void Work()
        {
            try
            {
                while (Volatile.Read(ref failure) is null && Interlocked.Increment(ref next) is var index && index < jobs.Count)
                    jobs[index]();
            }
            catch (Exception exception)
            {
                // The first failure is told, by the caller's thread; the others only stop.
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
            }
        }
    }
}
