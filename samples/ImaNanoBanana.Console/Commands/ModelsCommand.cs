using System.Globalization;
using ImaNanoBanana.Cli.CommandLine;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands;

/// <summary><c>ima models</c>.</summary>
internal sealed class ModelsCommand(CliOptions options)
{
    public async Task<int> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var models = await ReadAsync(session, cancellationToken);
        if (session.IsJson)
        {
            ShowJson(session, models);
            return ExitCode.Ok;
        }

        var say = session.Say;
        foreach (var model in models)
        {
            session.Screen.Text(
                $"{model.Name}  {model.Model}  {model.TaskType}{(model.IsCurrent ? "" : say["  (older version)", "（旧版本）"])}");
            session.Screen.Result([.. new[]
            {
                (say["  version", "  版本"], model.Version),
                (say["  credits", "  积分"], string.Join(", ", model.Prices.Select(Price))),
                (say["  ratios", "  比例"], string.Join(' ', model.AspectRatios)),
                (
                    say["  images", "  参考图片"],
                    model.TaskType == ImageTaskType.ImageToImage
                        ? $"{model.MinImages} - {model.MaxImages?.ToString(CultureInfo.InvariantCulture) ?? "?"}"
                        : ""),
                (say["  seconds", "  用时（秒）"], Seconds(model)),
            }.Where(fact => fact.Item2.Length > 0)]);
            session.Screen.Result("");
        }

        return ExitCode.Ok;
    }

    private async Task<IReadOnlyList<ImageModelInfo>> ReadAsync(Session session, CancellationToken cancellationToken)
    {
        var type = session.Parsed.GetValue(options.TaskType);
        return await session.Client.ListModelsAsync(type is null ? null : new ImageTaskType(type), cancellationToken);
    }

    private static void ShowJson(Session session, IReadOnlyList<ImageModelInfo> models) =>
        session.Screen.Result(JsonLine.Serialize<IReadOnlyList<PriceDocument>>([.. Rows(models)], json => json.IReadOnlyListPriceDocument));

    private static IEnumerable<PriceDocument> Rows(IEnumerable<ImageModelInfo> models) =>
        from model in models
        from price in model.Prices
        select new PriceDocument(
            model.Name,
            model.Model.Id,
            model.Version,
            model.TaskType.Value,
            model.IsCurrent,
            price.CreditsPerImage,
            decimal.TryParse(price.AttributeId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null,
            price.Conditions,
            [.. model.AspectRatios.Select(ratio => ratio.Value)]);

    private static string Price(ImagePrice price) =>
        string.Join(' ', [.. price.Conditions.Values, price.CreditsPerImage.ToString(CultureInfo.InvariantCulture)]);

    private static string Seconds(ImageModelInfo model) => model.MaxExpectedDuration is { } most
        ? string.Create(CultureInfo.InvariantCulture, $"{model.MinExpectedDuration?.TotalSeconds:0} - {most.TotalSeconds:0}")
        : "";
}
