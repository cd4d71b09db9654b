using System.Text;

namespace ImaNanoBanana.Tests.Fuzzing;

/// <summary>The valid answers that the mutations start from.</summary>
internal static class ValidAnswers
{
    public const string Handle = """
        {"v":1,"id":"task_1","task_type":"text_to_image","model":"gemini-3.1-flash-image","model_name":"Nano Banana 2","size":"1K","aspect_ratio":"1:1",
         "credits_per_image":6,"count":2,"min_expected_duration":20,"max_expected_duration":35,"created_at":"2026-04-01T12:00:00.0000000+00:00","idempotency_key":"k",
         "adjustments":[{"kind":"size_reduced","parameter":"size","from":"4K","to":"2K"},{"kind":"price_lowered","parameter":"credit","from":"6","to":"5"}]}
        """;

    private const string Leaf = """
        {"id":"flash-v2","type":"3","model_id":"gemini-3.1-flash-image","name":"Nano Banana 2","tags":[{"tag_type":"EET","tag_value":"4~9s"}],
         "form_config":[{"field":"aspect_ratio","value":"1:1","options":[{"label":"1:1","value":"1:1"},{"label":"16:9","value":"16:9"}]},
                        {"field":"size","value":"1K","options":[{"value":"512px"},{"value":"1K"},{"value":"2K"}]},
                        {"field":"quality","value":"auto","is_ui_virtual":true,"ui_params":[{"id":"fine","value":false}],
                         "value_mapping":{"mapping_rules":[{"source_values":{"fine":true},"target_value":"high"},{"source_values":{"fine":false},"target_value":"low"}]}}],
         "credit_rules":[{"attribute_id":4400,"points":4,"attributes":{"size":"512px"}},{"attribute_id":4401,"points":6,"attributes":{"size":"1K"}},
                         {"attribute_id":"4402","points":"10","attributes":{"size":"2K","default":"enabled"}}],
         "files":{"acceptType":["image/png"],"minLimit":1,"maxLimit":14}}
        """;

    private static readonly JsonPiece[] Lists =
    [
        JsonPiece.Parse($$"""{"code":200,"message":"success","data":[{{Leaf}}]}"""),
        JsonPiece.Parse($$"""{"code":0,"data":[{"id":"group","type":"2","name":"Images","children":[{"id":"x","type":3,"model_id":"other"},{{Leaf}}]}]}"""),
    ];

    private static readonly JsonPiece[] Creates =
    [
        JsonPiece.Parse("""{"code":200,"message":"success","data":{"id":"task_1"}}"""),
        JsonPiece.Parse("""{"code":0,"message":"","data":{"status":"queued","id":7421,"prompt":"p"},"trace":"t"}"""),
        JsonPiece.Parse("""{"data":{"id":"task_1","id":"task_2"}}"""),
        JsonPiece.Parse("""{"code":6010,"message":"Attribute ID does not match","data":null}"""),
        JsonPiece.Parse("""{"code":500,"message":"wrapped error code: 6009","data":{}}"""),
        JsonPiece.Parse("""{"code":429,"message":"Too many requests"}"""),
    ];

    private static readonly JsonPiece[] Details =
    [
        JsonPiece.Parse("""
            {"code":200,"message":"","data":{"id":"task_1","medias":[{"resource_status":1,"status":"success","url":"https://images.example/1.png",
             "cover_url":"https://images.example/1c.png","width":1024,"height":"1024","format":"png"},{"resource_status":"1","watermark_url":"https://images.example/2.png"}]}}
            """),
        JsonPiece.Parse("""{"code":200,"data":{"medias":[{"resource_status":2,"error_msg":"rejected"},{"resource_status":3,"remark":"deleted"}]}}"""),
        JsonPiece.Parse("""{"code":200,"data":{"medias":[{"resource_status":0,"status":"processing"}]}}"""),
    ];

    private static readonly JsonPiece[] Tokens =
    [
        JsonPiece.Parse("""{"code":0,"data":{"ful":"https://bucket.aliyuncs.com/oss/1.png?Signature=secret%2B","fdl":"https://cdn.example/1.png"}}"""),
        JsonPiece.Parse("""{"code":200,"message":"ok","data":{"fdl":"https://cdn.example/\u00e9.png","ful":"https://a.esxscloud.com/1?X=1"}}"""),
    ];

    private static readonly byte[][] Images =
    [
        Bytes(
            "89504E470D0A1A0A0000000D494844520000004000000040080600000000000000" + "00000000494441540000000000000000" + "49454E44AE426082"),
        Bytes("FFD8FFE000104A46494600010100000100010000FFC0001108004000400301220002110103110100FFDA000C0301000211031100" + "3F00FFD9"),
        [.. "GIF89a"u8, 0x40, 0, 0x40, 0, 0, 0, 0, .. ";"u8],
        [.. "RIFF"u8, 26, 0, 0, 0, .. "WEBPVP8 "u8, 14, 0, 0, 0, 0, 0, 0, 0x9D, 1, 0x2A, 0x40, 0, 0x40, 0, 0, 0, 0, 0],
        [.. "RIFF"u8, 22, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, 0x3F, 0, 0, 0x3F, 0, 0],
        [.. "RIFF"u8, 22, 0, 0, 0, .. "WEBPVP8L"u8, 10, 0, 0, 0, 0x2F, 0x3F, 0xC0, 0x0F, 0, 0, 0, 0, 0, 0],
    ];

    private static readonly JsonPiece HandlePiece = JsonPiece.Parse(Handle);

    private static readonly JsonPiece Parameters = JsonPiece.Parse("""{"seed":7,"style":"soft","more":{"deep":[1,2,{"x":null}]},"fine":true}""");

    /// <summary>An answer of an endpoint; most often the first of its kind, because with it the call continues.</summary>
    public static JsonPiece Of(string endpoint, Random random) => endpoint switch
    {
        "list" => One(Lists, random),
        "create" => One(Creates, random),
        "detail" => One(Details, random),
        "getuploadtoken" => One(Tokens, random),
        "handle" => HandlePiece,
        _ => Parameters,
    };

    public static byte[] Image(Random random) => Images[random.Next(Images.Length)];

    private static JsonPiece One(JsonPiece[] pieces, Random random) => pieces[random.Next(2) == 0 ? 0 : random.Next(pieces.Length)];

    private static byte[] Bytes(string hexadecimal) => Convert.FromHexString(hexadecimal);
}
