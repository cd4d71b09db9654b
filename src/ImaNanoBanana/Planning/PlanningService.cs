using ImaNanoBanana.Catalog;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Errors;
using ImaNanoBanana.Requests;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Planning;

/// <summary>Plans a request from its inspected images and the product list. Sends no create request.</summary>
internal sealed class PlanningService(ProductCatalog catalog, ImaLanguage language, LocalReading reading, TimeProvider time)
{
    private static readonly ImageTaskType[] TaskTypes = [ImageTaskType.TextToImage, ImageTaskType.ImageToImage];

    /// <summary>The models that requests may name.</summary>
    public ModelScope Scope => catalog.Scope;

    /// <exception cref="ImaException">The product list is unavailable.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    public async Task<IReadOnlyList<ImageModelInfo>> ListModelsAsync(
        ImageTaskType? taskType, bool refresh, CancellationToken cancellationToken)
    {
        try
        {
            var models = new List<ImageModelInfo>();
            foreach (var type in taskType is { } one ? [one] : TaskTypes)
            {
                var versions = await catalog.GetAsync(type, language, refresh, cancellationToken).ConfigureAwait(false);
                models.AddRange(ModelDescriptions.Create(versions, type));
            }

            return models;
        }
        catch (Exception exception) when (PreparationErrors.InPlaceOf(exception, null, cancellationToken) is { } error)
        {
            throw error;
        }
    }

    public Task<IReadOnlyList<InputDetails>> InspectAsync(IReadOnlyList<ImageInput> images, CancellationToken cancellationToken) =>
        InputInspector.InspectAsync(images, reading, cancellationToken);

    /// <exception cref="ImaException">One of the images cannot be used.</exception>
    public async Task<string> HashAsync(ImageRequest request, IReadOnlyList<InputDetails> inputs, CancellationToken cancellationToken)
    {
        InputRules.CheckUsable(inputs);
        return RequestHash.Compute(request, await InputDigests.ComputeAsync(inputs, reading, cancellationToken).ConfigureAwait(false));
    }

    /// <exception cref="ImaException">The request cannot be submitted, or the product list is unavailable.</exception>
    public async Task<ImagePlan> PlanAsync(ImageRequest request, IReadOnlyList<InputDetails> inputs, CancellationToken cancellationToken) =>
        ImagePlanner.Plan(
            await VersionsAsync(request, refresh: false, cancellationToken).ConfigureAwait(false),
            request,
            inputs,
            Scope,
            cancellationToken);

    /// <summary>Determines what the request would submit. Spends no credits.</summary>
    /// <exception cref="ImaException">The request cannot be submitted, or the product list is unavailable.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    public async Task<ImageQuote> QuoteAsync(ImageRequest request, CancellationToken cancellationToken)
    {
        using var operation = Operation.Start(Operation.Quote, ImaHosts.Api, ImagePlanner.Model(request), time);
        try
        {
            var inputs = await InspectAsync(request.Images, cancellationToken).ConfigureAwait(false);
            return ImageQuote.FromPlan(await PlanAsync(request, inputs, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (PreparationErrors.InPlaceOf(exception, request.IdempotencyKey, cancellationToken) is { } error)
        {
            Operation.Failed(operation, error);
            throw error;
        }
        catch (Exception exception) when (Operation.Failed(operation, exception))
        {
            throw;
        }
    }

    /// <returns>The plan for the same request with the newest product list; null if the plan is the same, or if the request can no
    /// longer be submitted.</returns>
    public async Task<ImagePlan?> PlanAgainAsync(ImagePlan plan, CancellationToken cancellationToken)
    {
        try
        {
            var versions = await VersionsAsync(plan.Request, refresh: true, cancellationToken).ConfigureAwait(false);

            // The caller of this method knows both prices and decides what the new plan may cost.
            var again = ImagePlanner.Plan(versions, plan.Request with { MaxCredits = null }, plan.Inputs, Scope, cancellationToken);
            var changes = PlanChanges.Between(plan, again);
            return changes.Count == 0 ? null : again with { Adjustments = [.. plan.Adjustments, .. changes] };
        }
        catch (ImaException)
        {
            // The error to report is the rejection of the submission, not the error of planning it again.
            return null;
        }
    }

    private Task<IReadOnlyList<ProductVersion>> VersionsAsync(ImageRequest request, bool refresh, CancellationToken cancellationToken) =>
        catalog.GetAsync(ImagePlanner.TaskType(request), request.Language ?? language, refresh, cancellationToken);
}
