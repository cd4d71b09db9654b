// Runs recorded vectors through the public client: dotnet run --project tests/ImaNanoBanana.Conformance -- FOLDER [FALLBACK]
// Counts the faults of the reference client and of this client: dotnet run --project tests/ImaNanoBanana.Conformance -- --compare FOLDER
using ImaNanoBanana.Conformance;

var compares = args is ["--compare", ..];
string[] folders = compares ? args[1..] : args;
if (folders.Length is < 1 or > 2)
{
    Console.Error.WriteLine("Usage: dotnet run --project tests/ImaNanoBanana.Conformance -- [--compare] FOLDER [FALLBACK]");
    Console.Error.WriteLine("Runs every vectors/*.json of FOLDER; catalogs, inputs and scenarios that it lacks come from FALLBACK.");
    Console.Error.WriteLine(
        "With --compare it counts the faults of the recorded reference client, and how often this client has the same faults.");
    return 2;
}

if (folders.FirstOrDefault(folder => !Directory.Exists(folder)) is { } missing)
{
    Console.Error.WriteLine($"There is no folder '{missing}'.");
    return 2;
}

var suite = new VectorSuite(folders[0], folders.Length == 2 ? folders[1] : null);
if (compares)
{
    Console.WriteLine(string.Join(Environment.NewLine, await ReferenceTable.LinesAsync(suite, CancellationToken.None)));
    return 0;
}

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
