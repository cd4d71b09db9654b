using System.Text.Json;
using ImaNanoBanana.Json;

namespace ImaNanoBanana.Tests.Json;

public class JsonReadingTests
{
    [Theory]
    [InlineData("""{"id":1,"\uD800":2}""", "1")]
    [InlineData("""{"\uD800":2,"id":1}""", "1")]
    [InlineData("""{"\uD800":2,"id":1,"i\u0064":3}""", "3")]
    [InlineData("""{"\uD800":2,"i\uDC00":1}""", null)]
    public void Member_is_found_beside_one_with_an_invalid_name(string json, string? expected) =>
        Assert.Equal(expected, JsonReading.Member(Element(json), "id")?.GetRawText());

    [Theory]
    [InlineData("""{"a":[1,"\uD83D\uDE00",null,{"b":true}]}""", true)]
    [InlineData("""["\uD83D"]""", false)]
    [InlineData("""{"a":{"\uD83D":1}}""", false)]
    public void Value_is_readable_if_all_its_texts_are(string json, bool isReadable) =>
        Assert.Equal(isReadable, JsonReading.IsReadable(Element(json)));

    [Theory]
    [InlineData(56, true)]
    [InlineData(57, false)]
    public void Value_is_readable_if_a_submission_can_contain_it(int levels, bool isReadable) =>
        Assert.Equal(isReadable, JsonReading.IsReadable(Element(new string('[', levels) + new string(']', levels))));

    private static JsonElement Element(string json) => JsonDocument.Parse(json).RootElement;
}
