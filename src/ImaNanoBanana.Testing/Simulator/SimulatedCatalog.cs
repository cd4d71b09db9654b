using System.Text.Json;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana.Testing;

/// <summary>
/// Represents the products of the simulated service: the two models as the service offered them in April 2026 and those that a test
/// adds, at prices that may change. Not thread-safe except for <see cref="Add"/>; its owner
/// synchronizes access.
/// </summary>
internal sealed class SimulatedCatalog
{
    private const string TextToImage = "text_to_image";
    private const string ImageToImage = "image_to_image";
    private const int MostImages = 14;
    private const string UsualSize = "1K";

    /// <summary>The attribute ids of added models are above those of the known ones.</summary>
    private const int FirstAddedAttribute = 9000;

    private static readonly SimulatedLeaf[] Known =
    [
        new("gemini-3.1-flash-image", "gemini-3.1-flash-image-preview", "Nano Banana 2",
            ["1:1", "1:4", "1:8", "2:3", "3:2", "3:4", "4:1", "4:3", "4:5", "5:4", "8:1", "9:16", "16:9", "21:9"],
            [new("512px", 4400, 4404, 4), new("1K", 4401, 4405, 6), new("2K", 4402, 4406, 10), new("4K", 4403, 4407, 13)]),
        new("gemini-3-pro-image", "gemini-3-pro-image-preview", "Nano Banana Pro",
            ["1:1", "3:2", "2:3", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"],
            [new("1K", 2399, 2402, 10), new("2K", 2400, 2403, 10), new("4K", 2401, 2404, 18)]),
    ];

    private readonly object _adding = new();
    private volatile SimulatedLeaf[] _models = Known;
    private readonly Dictionary<int, decimal> _changedPoints = [];
    private readonly HashSet<(int AttributeId, decimal Points)> _formerPoints = [];

    /// <summary>Adds a model, or a new version of one, at the end of the list. Thread-safe.</summary>
    public void Add(SimulatedModel model)
    {
        lock (_adding)
        {
            var id = FirstAddedAttribute + (2 * _models.Sum(static known => known.Prices.Count));
            var prices = model.Prices.Select(
                (price, index) => new SimulatedPrice(price.Key, id + (2 * index), id + (2 * index) + 1, price.Value));
            _models = [.. _models, new(model.Id, model.Version, model.Name, [.. model.AspectRatios], [.. prices])];
        }
    }

    /// <summary>Changes the price of an attribute id from now on.</summary>
    public void Reprice(int attributeId, decimal points)
    {
        if (_models.SelectMany(model => model.Prices).FirstOrDefault(price => attributeId == price.TextAttributeId
            || attributeId == price.ImageAttributeId) is { } price)
        {
            _formerPoints.Add((attributeId, PointsOf(price, attributeId)));
            _changedPoints[attributeId] = points;
        }
    }

    /// <summary>Whether a submission uses a price that was valid earlier, which the client could not know.</summary>
    public bool IsStale(SimulatedSubmission submission) => _formerPoints.Contains((submission.AttributeId, submission.Credit));

    /// <param name="address">The requested URL.</param>
    /// <param name="processingTime">The time that a task takes. The list reports a range of seconds around it.</param>
    public string Answer(Uri address, TimeSpan processingTime) => Envelope.Success(json =>
    {
        var category = new[] { TextToImage, ImageToImage }.FirstOrDefault(
            name => address.Query.EndsWith("category=" + name, StringComparison.Ordinal));
        json.WriteStartArray("data");
        if (category is not null)
        {
            foreach (var model in _models)
            {
                Write(json, model, category, ExpectedTime(processingTime));
            }
        }

        json.WriteEndArray();
    });

    /// <summary>Returns the service's rejection of a submission that does not match the catalog, or null.</summary>
    public string? RequestErrors(SimulatedSubmission submission)
    {
        var model = _models.FirstOrDefault(model => model.Id == submission.ModelId && model.Version == submission.ModelVersion);
        var price = model?.Prices.FirstOrDefault(price => price.AttributeOf(submission.TaskType) == submission.AttributeId);
        if (submission.TaskType is not (TextToImage or ImageToImage) || model is null || price is null)
        {
            return Envelope.Failure(6010, "Attribute ID does not match the calculated rule");
        }

        if (price.Size != submission.Size)
        {
            return Envelope.Failure(6009, "No matching credit rule found");
        }

        if (PointsOf(price, submission.AttributeId) != submission.Credit)
        {
            return Envelope.Failure(6006, "Credit mismatch");
        }

        if (!model.Ratios.Contains(submission.AspectRatio))
        {
            return Envelope.Failure(400, "Bad request: aspect_ratio");
        }

        if ((submission.TaskType == TextToImage) != (submission.Images.Count == 0) || submission.Images.Count > MostImages)
        {
            return Envelope.Failure(400, "Bad request: input_images");
        }

        return null;
    }

    private static string DefaultSize(SimulatedLeaf model) =>
        model.Prices.Any(static price => price.Size == UsualSize) ? UsualSize : model.Prices[0].Size;

    private static string ExpectedTime(TimeSpan processingTime)
    {
        var least = Math.Floor(processingTime.TotalSeconds * 0.75);
        return FormattableString.Invariant($"{least}~{Math.Max(Math.Ceiling(processingTime.TotalSeconds * 1.5), least + 1)}s");
    }

    private decimal PointsOf(SimulatedPrice price, int attributeId) => _changedPoints.GetValueOrDefault(attributeId, price.Points);

    private void Write(Utf8JsonWriter json, SimulatedLeaf model, string category, string expectedTime)
    {
        json.WriteStartObject();
        json.WriteString("id", model.Version);
        json.WriteString("type", "3");
        json.WriteString("model_id", model.Id);
        json.WriteString("name", model.Name);
        json.WriteStartArray("tags");
        json.WriteStartObject();
        json.WriteString("tag_type", "EET");
        json.WriteString("tag_value", expectedTime);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("form_config");
        WriteField(json, "aspect_ratio", model.Ratios[0], model.Ratios);
        WriteField(json, "size", DefaultSize(model), model.Prices.Select(price => price.Size));
        json.WriteEndArray();
        json.WriteStartArray("credit_rules");
        foreach (var price in model.Prices)
        {
            json.WriteStartObject();
            json.WriteNumber("attribute_id", price.AttributeOf(category));
            json.WriteNumber("points", PointsOf(price, price.AttributeOf(category)));
            json.WriteStartObject("attributes");
            json.WriteString("size", price.Size);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (category == ImageToImage)
        {
            json.WriteStartObject("files");
            json.WriteNumber("minLimit", 1);
            json.WriteNumber("maxLimit", MostImages);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter json, string name, string fallback, IEnumerable<string> options)
    {
        json.WriteStartObject();
        json.WriteString("field", name);
        json.WriteString("type", "tags");
        json.WriteString("value", fallback);
        json.WriteStartArray("options");
        foreach (var option in options)
        {
            json.WriteStartObject();
            json.WriteString("label", option);
            json.WriteString("value", option);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private sealed record SimulatedLeaf(
        string Id, string Version, string Name, IReadOnlyList<string> Ratios, IReadOnlyList<SimulatedPrice> Prices);

    private sealed record SimulatedPrice(string Size, int TextAttributeId, int ImageAttributeId, decimal Points)
    {
        public int AttributeOf(string category) => category == TextToImage ? TextAttributeId : ImageAttributeId;
    }
}
