using System.Text.Json;

namespace ImaNanoBanana.Testing.Control;

/// <summary>The words for the kinds of product lists on the control paths.</summary>
internal static class CatalogNames
{
    private const string Plain = "plain";
    private const string Realistic = "realistic";

    public static string Write(SimulatedCatalogKind kind) => kind == SimulatedCatalogKind.Realistic ? Realistic : Plain;

    /// <exception cref="JsonException">The kind is unknown.</exception>
    public static SimulatedCatalogKind Read(string word, string field) => word switch
    {
        Plain => SimulatedCatalogKind.Plain,
        Realistic => SimulatedCatalogKind.Realistic,
        _ => throw ControlError.Create($"'{field}' must be {Plain} or {Realistic}.", field, Plain, Realistic),
    };
}
