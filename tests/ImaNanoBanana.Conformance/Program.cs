// Runs recorded vectors through the public client: dotnet run --project tests/ImaNanoBanana.Conformance -- FOLDER [FALLBACK]
using ImaNanoBanana.Conformance;

if (args.Length is < 1 or > 2)
{
    Console.Error.WriteLine("Usage: dotnet run --project tests/ImaNanoBanana.Conformance -- FOLDER [FALLBACK]");
    Console.Error.WriteLine("Runs every vectors/*.json of FOLDER; catalogs, inputs and scenarios that it lacks come from FALLBACK.");
    return 2;
}

if (args.FirstOrDefault(folder => !Directory.Exists(folder)) is { } missing)
{
    Console.Error.WriteLine($"There is no folder '{missing}'.");
    return 2;
}

var suite = new VectorSuite(args[0], args.Length == 2 ? args[1] : null);
var (matching, all) = (0, 0);
foreach (var name in suite.Names)
{
    all++;
    var mismatches = await suite.RunAsync(name, CancellationToken.None);
    matching += mismatches.Count == 0 ? 1 : 0;
    foreach (var mismatch in mismatches)
    {
        Console.WriteLine($"{name}: {mismatch}");
    }
}

Console.WriteLine($"{matching} of {all} vectors match");
return matching == all && all > 0 ? 0 : 1;
