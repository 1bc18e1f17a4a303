using Microsoft.Extensions.Options;
using OpenEntropy.Assessment.NonIid;

namespace OpenEntropy.Server.Assessment;

/// <summary>The assessor and what it tells.</summary>
internal static class AssessmentServices
{
    /// <summary>Registers them; before the harvest, so that what earlier assessments lowered is lowered before anything is earned.</summary>
    /// <param name="services">The services; they hold the options.</param>
    public static void AddAssessment(this IServiceCollection services)
    {
        services.AddSingleton<AssessSamples>(NonIidAssessment.Run);
        services.AddSingleton<ReadProcessorTime>(BackgroundThread.ProcessorTime);
        services.AddSingleton<AssessmentBoard>();
        services.AddSingleton(provider => new AssessmentHistory(new HistoryFile(Storage(provider))));
        services.AddSingleton(provider => new RecordingShelf(
            Storage(provider),
            Options(provider).KeepRecordings,
            provider.GetRequiredService<AssessmentHistory>()
        ));
        services.AddSingleton(provider => new AssessmentPlan(
            Options(provider).Interval,
            provider.GetRequiredService<AssessmentHistory>(),
            provider.GetRequiredService<AssessmentBoard>()
        ));
        services.AddSingleton<AssessmentReport>();
        services.AddHostedService<SelfAssessor>();
    }

    private static AssessmentOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<AssessmentOptions>>().Value;

    private static string Storage(IServiceProvider provider) => provider.GetRequiredService<EntropyPoolOptions>().Storage.Directory;
}
