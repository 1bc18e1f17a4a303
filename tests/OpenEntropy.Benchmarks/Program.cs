using OpenEntropy.Benchmarks;
using OpenEntropy.Benchmarks.Http;
using OpenEntropy.Benchmarks.Running;
using OpenEntropy.Benchmarks.Start;

switch (args)
{
    // The child processes that measurements start.
    case [ServeVerb.Name or ServeVerb.SuppliedName or ServeVerb.UnmeasuredName, .. var rest]:
        return await ServeVerb.RunAsync(args[0], rest);
    case [BareService.Name, var port]:
        return await BareService.RunAsync(port);
    case [] or ["--help" or "-h" or "help"]:
        Console.WriteLine(Usage.Text);
        return 0;
}

var words = args.Where(word => word != Usage.LongOption).ToArray();
if (words.Length == 0 || MeasurementGroups.Select(words) is not { } groups)
{
    Console.Error.WriteLine(Usage.Text);
    return 2;
}

var report = new Report(Console.Out, isLong: args.Contains(Usage.LongOption));
await report.RunAsync(groups);
return report.Failures == 0 && report.Past.Count == 0 ? 0 : 1;
