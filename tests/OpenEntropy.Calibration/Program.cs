using OpenEntropy.Calibration;

// Do the tests of randomness call as many good sequences bad as they say? The document goes to standard output, progress and times to standard
// error; exit code 0: everything is within its interval, 1: something is not, 2: the command line is wrong.
CalibrationOptions options;
try
{
    options = CalibrationOptions.Parse(args);
}
catch (Exception exception) when (exception is FormatException or OverflowException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}

var report = CalibrationReport.Of(options, CalibrationRun.Of(options, Console.Error, options.Battery));
await Console.Out.WriteAsync(report.ToMarkdown());
return report.IsCalibrated ? 0 : 1;
