namespace ImaNanoBanana.Testing;

/// <summary>Specifies how the product list of a simulator looks.</summary>
public enum SimulatedCatalogKind
{
    /// <summary>A flat list of the two Nano Banana models.</summary>
    Plain,

    /// <summary>
    /// A list as the service has it: nested groups, an earlier version, a newer model, image models of other makers, video models in their
    /// own categories, descriptions, and a virtual field. The Nano Banana models cost the same as in the plain list. The simulator does not
    /// generate with models of other makers: it refuses their submissions with code 6010.
    /// </summary>
    Realistic,
}
