using OpenEntropy.Assessment;
using OpenEntropy.Assessment.NonIid;

namespace OpenEntropy.Server.Assessment;

/// <summary>The assessment of a recording: <see cref="NonIidAssessment.Run(SampleSet, NonIidOptions)"/>, or a test's script.</summary>
/// <param name="samples">The samples.</param>
/// <param name="options">How to go about it.</param>
internal delegate NonIidAssessment AssessSamples(SampleSet samples, NonIidOptions options);

/// <summary>The computing thread's own processor time: <see cref="BackgroundThread.ProcessorTime"/>, or a test's script.</summary>
internal delegate TimeSpan ReadProcessorTime();
