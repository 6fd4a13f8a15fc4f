#include "site_file.hpp"

namespace kemas::settings {
namespace {

const std::string files = "[files]\noperators = \"operators.csv\"\ncartons = \"cartons.csv\"\n";
const std::string operators_header = "id,name,badge,role\n";
const std::string cartons_header = "code,name,length_mm,width_mm,height_mm,tare_g,tare_spread_g\n";

std::string faults_with(const std::string& operators, const std::string& cartons) {
    const SiteFile site(files);
    site.folder.put("operators.csv", operators_header + operators);
    site.folder.put("cartons.csv", cartons_header + cartons);
    return site.faults();
}

TEST(Rosters, ReadsOperatorsAndCartons) {
    const SiteFile site(files + "[policy]\ndefault_carton = \"M\"\n");
    site.folder.put("operators.csv",
                    operators_header + "ani,Ani,B1,packer\nendah,Endah,B2,supervisor\n");
    site.folder.put("cartons.csv", cartons_header + "M,Kardus M,350,270,200,268.5,6\n");
    const auto settings = site.load();
    ASSERT_TRUE(settings) << settings.error().what;
    EXPECT_EQ(settings->site.operators.at("ani").name, "Ani");
    EXPECT_FALSE(settings->site.operators.at("ani").supervisor);
    EXPECT_TRUE(settings->site.operators.at("endah").supervisor);
    EXPECT_EQ(settings->site.badges.at("B2"), "endah");
    const auto& carton = settings->site.cartons.at("M");
    EXPECT_EQ(carton.outer.width.value, 270);
    EXPECT_EQ(carton.tare.value, 268'500);
    EXPECT_EQ(carton.tare_spread.value, 6'000);
}

TEST(Rosters, FaultyOperatorsAreNamedByLine) {
    EXPECT_EQ(faults_with("ani,Ani,B1,packer\nani,Ani,B2,packer\nbudi,Budi,B1,packer\n"
                          "cici,Cici,B3,boss\ndedi,Dedi,,packer\neka,Eka,B5,\n",
                          ""),
              "operators.csv:3: id is 'ani', which another row has; must be unique\n"
              "operators.csv:4: badge is 'B1', the badge of ani; must be unique\n"
              "operators.csv:5: role is 'boss'; must be one of packer supervisor\n"
              "operators.csv:6: badge is empty\n"
              "operators.csv:7: role is empty; must be one of packer supervisor");
}

TEST(Rosters, FaultyCartonsAreNamedByLine) {
    EXPECT_EQ(faults_with("", "A,A,0,1,1,1,1\nB,B,1,1,1,x,1\nC,C,1,1,1,1,1\nC,C,1,1,1,1,1\n"),
              "cartons.csv:2: length_mm is 0; must be 1 to 10000\n"
              "cartons.csv:3: tare_g is 'x'; must be a number such as 12,5 or 12.5\n"
              "cartons.csv:5: code is 'C', which another row has; must be unique");
}

TEST(Rosters, FaultsOfAllFilesAreToldAtOnce) {
    const SiteFile site(files + "unknown = 1\n");
    site.folder.put("operators.csv", "id,name,badge\n");
    site.folder.put("cartons.csv", "");
    const auto faults = site.faults();
    EXPECT_THAT(faults, ::testing::StartsWith("kemas.toml:4: unknown key \"unknown\" in [files]"));
    EXPECT_THAT(faults,
                ::testing::HasSubstr("\noperators.csv:1: role is missing from the header\n"));
    EXPECT_THAT(faults, ::testing::HasSubstr("\ncartons.csv:1: the row the file is empty"));
}

TEST(Rosters, TheHashIsOfEveryFileAndOfNoPath) {
    const auto hash = [](const std::string& toml, const std::string& name) {
        const SiteFile site(toml);
        site.folder.put("operators.csv", operators_header + "ani," + name + ",B1,packer\n");
        site.folder.put("cartons.csv", cartons_header);
        return site.load()->site.hash;
    };
    EXPECT_EQ(hash(files, "Ani"), hash(files, "Ani"));
    EXPECT_NE(hash(files, "Ani"), hash(files, "Ana"));
    EXPECT_NE(hash(files, "Ani"), hash(files + "# \n", "Ani"));
}

const std::string inside_header =
    "code,name,length_mm,width_mm,height_mm,tare_g,tare_spread_g,kind,inner_length_mm,"
    "inner_width_mm,inner_height_mm,flat_length_mm,flat_width_mm,usable_mm,max_gross_g,cost\n";

TEST(Rosters, ReadsWhatGoesIntoACarton) {
    const SiteFile site(files);
    site.folder.put("operators.csv", operators_header);
    site.folder.put("cartons.csv", inside_header +
                                       "M,Kardus M,350,270,200,268.5,6,,344,264,190,,,,20000,4500\n"
                                       "B,Bubble,310,220,50,20,1,mailer,,,,300,220,45,2000,900\n"
                                       "S,Kardus S,250,200,120,142,4,box,,,,,,,,\n");
    const auto settings = site.load();
    ASSERT_TRUE(settings) << settings.error().what;
    const auto& box = settings->site.cartons.at("M");
    EXPECT_EQ(box.kind, CartonKind::box);
    EXPECT_EQ(box.inner, (Size{{344}, {264}, {190}}));
    EXPECT_EQ(box.max_gross, grams(20'000));
    EXPECT_EQ(box.cost, Money{4500});
    const auto& mailer = settings->site.cartons.at("B");
    EXPECT_EQ(mailer.kind, CartonKind::mailer);
    EXPECT_EQ(mailer.inner, (Size{{300}, {220}, {45}}));
    EXPECT_EQ(settings->site.cartons.at("S").inner, Size{});
}

TEST(Rosters, RefusesACartonWhoseInsideCannotBe) {
    const SiteFile site(files);
    site.folder.put("operators.csv", operators_header);
    site.folder.put("cartons.csv", inside_header +
                                       "A,A,350,270,200,10,1,box,344,264,,,,,,\n"
                                       "B,B,350,270,200,10,1,box,360,264,190,,,,,\n"
                                       "C,C,350,270,200,10,1,bag,344,264,190,,,,,\n"
                                       "D,D,350,270,200,10,1,bag,,,,100,60,60,,\n"
                                       "E,E,350,270,200,10,1,,,,,,,,9,\n"
                                       "F,F,350,270,200,10,1,sack,,,,,,,,\n");
    const auto faults = site.faults();
    EXPECT_EQ(faults,
              "cartons.csv:2: inner_height_mm is empty; give all three sides of the inside, or "
              "none\n"
              "cartons.csv:3: inner_length_mm and its neighbours leave the outer size\n"
              "cartons.csv:4: inner_length_mm is of a box; a mailer or bag has flat_length_mm, "
              "flat_width_mm and usable_mm\n"
              "cartons.csv:4: inner_width_mm is of a box; a mailer or bag has flat_length_mm, "
              "flat_width_mm and usable_mm\n"
              "cartons.csv:4: inner_height_mm is of a box; a mailer or bag has flat_length_mm, "
              "flat_width_mm and usable_mm\n"
              "cartons.csv:5: usable_mm is not below the flat sides\n"
              "cartons.csv:6: max_gross_g is not above the tare; it counts the tare\n"
              "cartons.csv:7: kind is 'sack'; must be one of box mailer bag");
}

}  // namespace
}  // namespace kemas::settings
