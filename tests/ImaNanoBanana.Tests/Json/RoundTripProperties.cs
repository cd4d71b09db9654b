using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck.Xunit;

namespace ImaNanoBanana.Tests.Json;

/// <summary>Every value has the same JSON with the options of any app, and reading that JSON gives the value again.</summary>
[Properties(Arbitrary = [typeof(RandomValues)], MaxTest = 200)]
public class RoundTripProperties
{
    [Property]
    public void Model_round_trips(ImageModel value) => RoundTrips(value);

    [Property]
    public void Size_round_trips(ImageSize value) => RoundTrips(value);

    [Property]
    public void Aspect_ratio_round_trips(AspectRatio value) => RoundTrips(value);

    [Property]
    public void Task_type_round_trips(ImageTaskType value) => RoundTrips(value);

    [Property]
    public void Language_round_trips(ImaLanguage value) => RoundTrips(value);

    [Property]
    public void Adjustment_round_trips(ImageAdjustment value) => RoundTrips(value);

    [Property]
    public void Failure_round_trips(ImageFailure value) => RoundTrips(value);

    [Property]
    public void Image_round_trips(GeneratedImage value) => RoundTrips(value);

    [Property]
    public void Input_round_trips(ImageInput value) => RoundTrips(value);

    [Property]
    public void Request_round_trips(ImageRequest value) => RoundTrips(value);

    [Property]
    public void Result_round_trips(ImageResult value) => RoundTrips(value);

    [Property]
    public void Quote_round_trips(ImageQuote value) => RoundTrips(value);

    [Property]
    public void Error_round_trips(ImaException value) => RoundTrips(value);

    [Property]
    public void Cancellation_round_trips(ImageGenerationCanceledException value) => RoundTrips(value);

    [Property]
    public void Progress_round_trips(ImageProgress value) => RoundTrips(value);

    [Property]
    public void Outcome_round_trips(ImageOutcome value) => RoundTrips(value);

    [Property]
    public void Task_is_its_handle(ImageTask value)
    {
        RoundTrips(value);
        Assert.Equal(value.ToHandle(), JsonSerializer.Serialize(value));
    }

    [Property]
    public void Values_are_names_of_members(ImageModel model, ImageSize size, AspectRatio ratio, ImageTaskType type, ImaLanguage language)
    {
        Assert.Equal(model, NameAfterRoundTrip(model));
        Assert.Equal(size, NameAfterRoundTrip(size));
        Assert.Equal(ratio, NameAfterRoundTrip(ratio));
        Assert.Equal(type, NameAfterRoundTrip(type));
        Assert.Equal(language, NameAfterRoundTrip(language));
    }

    private static T NameAfterRoundTrip<T>(T name)
        where T : notnull
    {
        var json = JsonSerializer.Serialize(new Dictionary<T, int> { [name] = 1 });
        return Assert.Single(JsonSerializer.Deserialize<Dictionary<T, int>>(json)!).Key;
    }

    private static void RoundTrips<T>(T value)
    {
        var json = JsonSerializer.Serialize(value);
        foreach (var options in AppOptions.All)
        {
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(JsonSerializer.Serialize(value, options))));
            Assert.Equal(Facts.Of(value), Facts.Of(JsonSerializer.Deserialize<T>(json, options)));
            Assert.Equal(Facts.Of(value), Facts.Of(JsonSerializer.Deserialize<T>(WithUnknownMembers(json), options)));
        }
    }

    /// <summary>The text with a member of a future version in every object, except where the members are the caller's.</summary>
    private static string WithUnknownMembers(string json)
    {
        var node = JsonNode.Parse(json);
        Extend(node);
        return node!.ToJsonString();
    }

    private static void Extend(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (_, value) in map.Where(member => member.Key != "parameters"))
                {
                    Extend(value);
                }

                map["of_the_future"] = new JsonObject { ["v"] = "x", ["prompt"] = 7 };
                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    Extend(item);
                }

                break;
        }
    }
}
