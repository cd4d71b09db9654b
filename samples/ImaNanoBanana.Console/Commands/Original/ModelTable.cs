using System.Globalization;
using ImaNanoBanana.Cli.CommandLine;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands.Original;

/// <summary>
/// <c>--list-models</c>: prints the table of the original command-line program, one row for each model version with its first price.
/// Its readers depend on the columns.
/// </summary>
internal sealed class ModelTable(CliOptions options)
{
    private const int NameCells = 28;
    private const int ModelCells = 34;
    private const int VersionCells = 44;
    private const int PointsCells = 4;
    private const int RuleCells = 120;

    public async Task<int> ShowAsync(Session session, CancellationToken cancellationToken)
    {
        var type = session.Parsed.GetValue(options.TaskType) is { } name ? new ImageTaskType(name) : ImageTaskType.TextToImage;
        var models = await session.Client.ListModelsAsync(type, cancellationToken);
        session.Screen.Result($"\nAvailable models for '{type}':");
        session.Screen.Result(Row("Name", "model_id", "version_id", "pts", "attr_id"));
        session.Screen.Result(new string('─', RuleCells));
        foreach (var model in models)
        {
            var price = model.Prices.Count > 0 ? model.Prices[0] : null;
            session.Screen.Result(
                Row(
                    model.Name,
                    model.Model.Id,
                    model.Version,
                    (price?.CreditsPerImage ?? 0).ToString(CultureInfo.InvariantCulture),
                    price?.AttributeId ?? "0"));
        }

        session.Screen.Note(session.Say[
            "pts is the first price of a model. `ima models` lists all prices.", "pts 为模型的首个价格。`ima models` 列出全部价格。"]);
        return ExitCode.Ok;
    }

    private static string Row(string name, string model, string version, string points, string rule) => string.Join(
        ' ',
        Cells.Pad(name, NameCells),
        Cells.Pad(model, ModelCells),
        Cells.Pad(version, VersionCells),
        $"{points.PadLeft(PointsCells)}  {rule}");
}
