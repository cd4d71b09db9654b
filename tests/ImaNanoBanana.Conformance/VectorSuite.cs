using System.Text.Json;

namespace ImaNanoBanana.Conformance;

/// <summary>A folder of vectors with its catalogs, inputs and scenarios. Missing files come from a second folder.</summary>
public sealed class VectorSuite(string folder, string? fallback = null)
{
    /// <summary>The names of the vectors, in order.</summary>
    public IReadOnlyList<string> Names =>
        [.. Directory.EnumerateFiles(
            Path.Combine(folder, "vectors"),
            "*.json").Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)];

    /// <summary>Runs one vector through the public client.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>A line for each difference from what the vector expects of a correct client; none if it matches.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var vector = Read(name);
            using var service = Service(vector);
            return Comparison.Mismatches(
                vector, await VectorRun.ObserveAsync(vector, service, Input, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (
            exception is JsonException or IOException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return [$"could not be run: {exception.GetType().Name}: {exception.Message}"];
        }
    }

    /// <summary>Reads one vector.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The vector.</returns>
    public Vector Read(string name) =>
        new(JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "vectors", name + ".json"))).RootElement);

    /// <summary>What the client does with a vector, including any exception.</summary>
    internal async Task<Observed> ObserveAsync(Vector vector, CancellationToken cancellationToken)
    {
        using var service = Service(vector);
        try
        {
            return await VectorRun.ObserveAsync(vector, service, Input, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new Observed(Observed.Crash) { Creates = service.Creates };
        }
    }

    private ScriptedService Service(Vector vector) =>
        new(vector, Json("scenarios.json"), Json(Path.Combine("catalogs", vector.Text("catalog")!)));

    private JsonElement Json(string path) => JsonDocument.Parse(File.ReadAllBytes(Find(path))).RootElement;

    private string Input(string file) => Find(Path.Combine("inputs", file));

    /// <summary>The path of a file; its path in the second folder if it is in neither.</summary>
    private string Find(string path)
    {
        var own = Path.Combine(folder, path);
        return fallback is null || File.Exists(own) ? own : Path.Combine(fallback, path);
    }
}
