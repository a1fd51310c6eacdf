"""Invented reports for tests of grouping: three events, two of one kind, and lone ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from generator.model import Article
from tests.builders import article

FERRY = (
    (
        "The ferry Aurelia ran aground off Port Arden on Monday with 214 people aboard, the coast guard said. "
        "Lifeboats from Port Arden and Selby took all passengers ashore within three hours. "
        "Captain Mara Lind said the steering of the Aurelia failed in heavy swell. "
        "Inspectors of the Maritime Board will examine the rudder of the ferry on Tuesday."
    ),
    (
        "All 214 people aboard the ferry Aurelia were brought ashore after it ran aground off Port Arden. "
        "The coast guard said lifeboats from Selby and Port Arden needed three hours. "
        "The steering had failed in heavy swell, Captain Mara Lind said. "
        "The Maritime Board has sent inspectors to examine the rudder of the Aurelia."
    ),
    (
        "Inspectors of the Maritime Board boarded the Aurelia, the ferry that ran aground off Port Arden. "
        "Its captain, Mara Lind, blamed the steering, which failed in heavy swell. "
        "Lifeboats from Selby had taken the 214 passengers ashore in three hours, the coast guard said."
    ),
)
OTHER_FERRY = (
    (
        "The ferry Solveig lost power near Kestrel Sound on Thursday with 96 people aboard, the coast guard said. "
        "A tug from Brennick towed the Solveig into harbour after a night adrift. "
        "Owner Talbot Lines said sea water had reached an engine of the ship. "
        "No passengers were hurt."
    ),
    (
        "After a night adrift near Kestrel Sound the ferry Solveig was towed into harbour by a tug from Brennick. "
        "None of the 96 people aboard was hurt, the coast guard said. "
        "Sea water had reached an engine, its owner Talbot Lines said."
    ),
)
BANK = (
    "The central bank of Lorvia raised its key rate to 4.25 percent, Governor Ines Havel said. "
    "Prices in Lorvia had climbed faster than forecast, driven by rents and bread."
)


def reports(texts: Iterable[str], stem: str = "r", **front: str) -> list[Article]:
    """Read each text as an article of its own."""
    return [article(text, f"{stem}{number}.md", **front) for number, text in enumerate(texts)]


def corpus() -> list[Article]:
    """All reports: three of one ferry, two of the other, one of the bank."""
    return [*reports(FERRY, "aurelia"), *reports(OTHER_FERRY, "solveig"), article(BANK, path="bank.md")]


# In each language the first two tell one event, the others none of it.
LANGUAGES = {
    "de": (
        (
            "Die Fähre Aurelia ist am Montag vor Port Arden mit 214 Menschen an Bord auf Grund "
            "gelaufen, teilte die Küstenwache mit. Rettungsboote brachten alle Fahrgäste binnen drei "
            "Stunden an Land. Kapitänin Mara Lind sagte, das Ruder habe in schwerer See versagt."
        ),
        (
            "Alle 214 Fahrgäste der Fähre Aurelia sind in Sicherheit. Das Schiff war vor Port Arden "
            "auf Grund gelaufen. Nach Angaben von Kapitänin Mara Lind hatte das Ruder in der schweren "
            "See versagt, die Küstenwache schickte Rettungsboote."
        ),
        (
            "Der Stadtrat von Kessel hat am Dienstag den Bau einer neuen Schule beschlossen. "
            "Bürgermeisterin Ines Havel sprach von einem guten Tag für die Kinder der Stadt. Die "
            "Kosten liegen bei 12 Millionen Euro."
        ),
        (
            "Die Zentralbank von Lorvia hat den Leitzins am Donnerstag auf 4,25 Prozent erhöht. "
            "Gouverneur Otto Brandeis begründete den Schritt mit den Mieten und den Preisen für Brot. "
            "Die Wirtschaft des Landes wächst kaum."
        ),
        (
            "Bei einem Brand in einer Lagerhalle in Selby ist am Mittwoch niemand verletzt worden. "
            "Die Feuerwehr war mit 60 Leuten im Einsatz. Die Ursache des Feuers ist unklar, die "
            "Polizei ermittelt."
        ),
        (
            "Der Radfahrer Joon Park hat die dritte Etappe der Rundfahrt durch Norland gewonnen. Er "
            "kam mit neun Sekunden Vorsprung ins Ziel. Morgen führt die Strecke über zwei Pässe."
        ),
    ),
    "ru": (
        (
            "Паром «Аврора» в понедельник сел на мель у Порт-Ардена, на борту было 214 человек, "
            "сообщила береговая охрана. Спасательные катера за три часа доставили всех пассажиров на "
            "берег. Капитан Мара Линд сказала, что руль отказал при сильном волнении."
        ),
        (
            "Все 214 пассажиров парома «Аврора» спасены после того, как судно село на мель у "
            "Порт-Ардена. По словам капитана Мары Линд, при сильном волнении отказал руль. Береговая "
            "охрана направила спасательные катера."
        ),
        (
            "Центральный банк Лорвии в четверг повысил ключевую ставку до 4,25 процента. Председатель "
            "Отто Брандейс объяснил решение ростом арендной платы и цен на хлеб."
        ),
        (
            "Городской совет Кесселя решил построить новую школу. Мэр Инес Гавел назвала этот день "
            "хорошим для детей города. Стоимость составит 12 миллионов."
        ),
    ),
    "fr": (
        (
            "Le ferry Aurelia s’est échoué lundi devant Port Arden avec 214 personnes à bord, ont "
            "annoncé les garde-côtes. Des canots de sauvetage ont ramené tous les passagers à terre "
            "en trois heures. La capitaine Mara Lind a déclaré que le gouvernail avait lâché dans une "
            "forte houle."
        ),
        (
            "Les 214 passagers du ferry Aurelia sont sains et saufs après son échouement devant Port "
            "Arden. Le gouvernail avait lâché dans la forte houle, selon la capitaine Mara Lind. Les "
            "garde-côtes ont envoyé des canots de sauvetage."
        ),
        (
            "La banque centrale de Lorvia a relevé jeudi son taux directeur à 4,25 %. Le gouverneur "
            "Otto Brandeis a justifié la décision par les loyers et le prix du pain."
        ),
        (
            "Le conseil municipal de Kessel a voté la construction d’une nouvelle école. La maire "
            "Ines Havel a parlé d’un beau jour pour les enfants de la ville."
        ),
    ),
}


class Memory(dict[str, object]):
    """What is remembered, held by key."""

    def recall(self, keys: Sequence[str]) -> Mapping[str, object]:
        """Return what is remembered."""
        return {key: self[key] for key in keys if key in self}

    def add(self, values: Mapping[str, object]) -> None:
        """Remember values."""
        self.update(values)

    def forget(self, but: Iterable[str]) -> None:
        """Forget all others."""
        for key in self.keys() - set(but):
            del self[key]
