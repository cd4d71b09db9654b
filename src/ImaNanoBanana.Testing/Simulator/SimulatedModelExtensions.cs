namespace ImaNanoBanana.Testing;

/// <summary>Adds models to the product list of a simulator.</summary>
public static class SimulatedModelExtensions
{
    /// <summary>
    /// Adds a model to the end of the product list. A client submits it only if
    /// <see cref="ImaNanoBananaOptions.AdditionalModels"/> contains its id. Add it before the first request, because clients keep the
    /// list for 5 minutes. Thread-safe.
    /// </summary>
    /// <param name="simulator">The simulator.</param>
    /// <param name="model">The model, or a new version of a model that the list has.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The model has no ratio or no price, or a text is empty.</exception>
    public static void AddModel(this ImaSimulator simulator, SimulatedModel model)
    {
        ArgumentNullException.ThrowIfNull(simulator);
        ArgumentNullException.ThrowIfNull(model);
        if (model is not { Id.Length: > 0, Name.Length: > 0, Version.Length: > 0, AspectRatios.Count: > 0, Prices.Count: > 0 })
        {
            throw new ArgumentException("A model needs an id, a name, a version, an aspect ratio and a price.", nameof(model));
        }

        simulator.Catalog.Add(model);
    }
}
