using ImaNanoBanana.Mcp.Answers;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary><c>list_models</c>.</summary>
internal sealed class ModelsTool(Tool tool, ImageService images, ServerSettings settings, TimeProvider time)
    : ImaTool<ModelsArguments, ModelsAnswer>(tool, ServerJson.Default.ModelsArguments, ServerJson.Default.ModelsAnswer, settings)
{
    private readonly ServerSettings _settings = settings;

    protected override async Task<(ModelsAnswer Answer, IReadOnlyList<ContentBlock> Blocks)> RunAsync(
        ModelsArguments arguments, RequestContext<CallToolRequestParams> call, CancellationToken cancellationToken)
    {
        using var budget = new CallBudget(_settings.Wait, null, time, cancellationToken);
        var models = await images.Client.ListModelsAsync(cancellationToken: budget.Preparing);
        var answer = new ModelsAnswer
        {
            Status = ImageAnswer.Ready,
            Simulated = images.IsSimulated,
            Models = [.. models.Where(model => model.IsCurrent).Select(Facts)],
        };
        return (answer, []);
    }

    protected override ModelsAnswer Failed(ErrorFacts facts) =>
        new() { Status = ImageAnswer.Failed, Simulated = images.IsSimulated, Error = facts };

    protected override string Text(ModelsAnswer answer) => AnswerText.Describe(answer, Say);

    private static ModelFacts Facts(ImageModelInfo model)
    {
        var prices = new Dictionary<string, decimal>();
        foreach (var price in model.Prices)
        {
            prices.TryAdd(string.Join(' ', price.Conditions.Values), price.CreditsPerImage);
        }

        return new ModelFacts
        {
            Model = model.Model.Id,
            Name = model.Name,
            TaskType = model.TaskType.Value,
            Prices = prices,
            AspectRatios = [.. model.AspectRatios.Select(ratio => ratio.Value)],
            MinImages = model.TaskType == ImageTaskType.ImageToImage ? model.MinImages : null,
            MaxImages = model.TaskType == ImageTaskType.ImageToImage ? model.MaxImages : null,
            ExpectedAtLeastSeconds = model.MinExpectedDuration?.TotalSeconds,
            ExpectedAtMostSeconds = model.MaxExpectedDuration?.TotalSeconds,
        };
    }
}
